package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README compile, and the first one runs against a real agent. */
class ReadmeIT {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("public class (\\w+)");

  @RegisterExtension static final SerfCluster serf = SerfCluster.create();

  @TempDir private Path folder;

  @Test
  void examplesCompileAndTheFirstOneDoesWhatItSays() throws Exception {
    SerfNode node = serf.start("readme");
    String readme = Files.readString(Path.of("README.md")).replace("127.0.0.1", node.host());
    List<String> names = compile(readme);
    assertThat(names).containsExactly("Example", "Listener");
    assertThat(run(names.get(0)).lines().toList())
        .containsExactly("readme /" + node.host() + " {role=web}", "received by [readme]");
    node.awaitLog("user-event: deploy");
  }

  private List<String> compile(String readme) throws IOException {
    List<String> names = new ArrayList<>();
    Matcher block = BLOCK.matcher(readme);
    while (block.find()) {
      Matcher name = NAME.matcher(block.group(1));
      assertThat(name.find()).isTrue();
      Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), block.group(1));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null, null, null, "-d", folder.toString(), "-cp", classPath(), source.toString());
      assertThat(status).isZero();
      names.add(name.group(1));
    }
    return names;
  }

  private String run(String mainClass) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + ":" + classPath(),
                mainClass)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static String classPath() {
    // Not the tests' own class path: the library needs nothing beside itself.
    return Path.of("target", "classes").toAbsolutePath().toString();
  }
}
