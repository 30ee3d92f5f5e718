package io.github.serfhandler.script;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a script in a Java of its own, whose locale a test chooses. */
final class ScriptProbe {
  static final String VALUE = "süß \ud83d\ude00";

  private ScriptProbe() {}

  /**
   * {@code own SCRIPT} gives it a tag of this class, {@code inherited SCRIPT} the tags that stand
   * in the environment, as where Serf forked this. Prints the log.
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> tags = new TreeMap<>();
    if (args[0].equals("own")) {
      tags.put("TEXT", VALUE);
    } else {
      System.getenv()
          .forEach(
              (name, value) -> {
                if (name.startsWith("SERF_TAG_")) {
                  tags.put(name.substring("SERF_TAG_".length()), value);
                }
              });
    }
    RecordingNode node = RecordingNode.withTags(tags);
    SerfEvent event = new UserEvent(1, "e", Payload.ofText(VALUE), false);
    new ScriptHandler(ScriptSpec.parse(args[1])).handle(event, node);
    node.log().forEach(System.out::println);
  }

  /** The command line that runs it; needs what is on the class path of the tests. */
  static List<String> command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        String.join(
            ":", place(ScriptProbe.class), place(ScriptHandler.class), place(SerfEvent.class)));
    command.add(ScriptProbe.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
