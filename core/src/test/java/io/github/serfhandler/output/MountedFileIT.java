package io.github.serfhandler.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is mounted into a directory that can not be written to, as in containers. */
class MountedFileIT {
  @TempDir Path folder;

  /** Keeps {@code FILE} once, with a reload and no check; prints what came of it. */
  static final class Probe {
    private Probe() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
      FileSpec spec =
          Shows.file(Path.of(args[0]))
              .reload(Program.of(List.of("/bin/true"), Duration.ofSeconds(20)))
              .build();
      FileStore store = new FileStore(Clock.systemUTC(), notice -> System.out.println(notice));
      OutputPass.Result result =
          OutputPass.run(List.of(spec), store, Path.of(args[1]), Shows.snapshot("new"));
      System.out.println(result.updated() + " " + result.failures());
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return output.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void isWrittenWithoutACheckAndReloaded() throws IOException, InterruptedException {
    boolean mayMount;
    try {
      mayMount = run(List.of("unshare", "-m", "true")).isEmpty();
    } catch (IOException e) {
      mayMount = false;
    }
    assumeTrue(mayMount, "may not make mount namespaces here: run as root");
    Path source = Files.writeString(folder.resolve("source"), "old");
    String script =
        """
        set -e
        cd "$0"
        mkdir etc; echo below > etc/hosts
        mount --bind etc etc; mount -o remount,bind,ro etc
        mount --bind source etc/hosts
        exec "$@"
        """;
    String output =
        run(
            List.of(
                "unshare",
                "-m",
                "--propagation",
                "private",
                "sh",
                "-c",
                script,
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                "etc/hosts",
                folder.resolve("conf").toString()));
    assertThat(output).isEqualTo("[etc/hosts] []");
    assertThat(source).hasContent("new");
  }
}
