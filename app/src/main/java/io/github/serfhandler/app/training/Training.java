package io.github.serfhandler.app.training;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Stateless: runs a second JVM that does what is to start fast ({@code Trainee}) beside a canned
 * agent, so that the second one can write down which classes that takes, and no others: each class
 * in an archive costs every start some hundredths of a millisecond, used or not. Ends with the
 * status of the second one, prints nothing.
 *
 * <p>The arguments are what is trained, for the second one, and then that one's command line up to
 * the name of its main class.
 */
public final class Training {
  private static final long LIMIT_SECONDS = 30;
  private static final int FAILED = 1;
  private static final Map<String, String> EVENT =
      Map.of(
          "SERF_EVENT", "member-join",
          "SERF_SELF_NAME", "node0",
          "SERF_SELF_ROLE", "web:mysql",
          "SERF_TAG_ROLE", "web:mysql");

  /** As {@code etcdctl watch} sets them. */
  private static final Map<String, String> CHANGE =
      Map.of(
          "ETCD_WATCH_REVISION", "2",
          "ETCD_WATCH_EVENT_TYPE", "\"PUT\"",
          "ETCD_WATCH_KEY", "\"/p/db\"",
          "ETCD_WATCH_VALUE", "\"{\\\"user\\\": [1, true, null]}\"");

  /** As {@code memberEventStdin} in Serf's {@code invoke.go} writes them. */
  private static final String MEMBERS =
      "node0\t127.0.0.1\tweb:mysql\trole=web:mysql,products=product1\n";

  private Training() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("serf-handler-training");
    int status;
    try (CannedAgent agent = CannedAgent.start()) {
      List<String> command = new ArrayList<>(List.of(args).subList(1, args.length));
      command.add("io.github.serfhandler.app.Trainee");
      command.add(args[0]);
      Map<String, String> environment = new HashMap<>(EVENT);
      environment.putAll(CHANGE);
      environment.put("SERF_RPC_ADDR", agent.address());
      environment.put("SERF_HANDLER_CONF_DIR", folder.resolve("conf").toString());
      status = run(command, environment);
    } finally {
      delete(folder);
    }
    Runtime.getRuntime().halt(status);
  }

  private static int run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SERF_") || name.startsWith("ETCD_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(MEMBERS.getBytes(StandardCharsets.US_ASCII));
    }
    if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    process.destroyForcibly().waitFor();
    return FAILED;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
