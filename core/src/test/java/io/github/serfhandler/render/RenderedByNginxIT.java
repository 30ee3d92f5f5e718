package io.github.serfhandler.render;

import static io.github.serfhandler.catalog.Fixtures.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.process.ProgramRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real nginx judges its file, in the frame that a check gives it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenderedByNginxIT {
  @TempDir Path folder;

  private ProgramResult check(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Path frame = folder.resolve("frame.conf");
    Files.writeString(frame, NginxRenderer.checkFrame(file));
    return new ProgramRunner()
        .run(
            Program.of(
                List.of("nginx", "-t", "-e", "stderr", "-c", frame.toString()),
                Duration.ofSeconds(60)),
            ProgramRunner.NOTHING);
  }

  private void assertTakes(Snapshot snapshot) throws Exception {
    ProgramResult result =
        check(
            folder.resolve("nginx_upstreams.conf"),
            HostileSnapshots.text(new NginxRenderer(), snapshot));
    assertThat(result.succeeded()).as("%s", result).isTrue();
  }

  @Test
  void takesNothingAtAll() throws Exception {
    assertTakes(HostileSnapshots.snapshot(List.of()));
  }

  @Test
  void takesHostileNodes() throws Exception {
    assertTakes(HostileSnapshots.ofTexts());
  }

  @Test
  void takesServersThatAreAllDown() throws Exception {
    assertTakes(
        HostileSnapshots.snapshot(
            List.of(
                member("a", MemberStatus.ALIVE, "svc=p/web:1,p/web:2", "p.web.weight=0"),
                member("b", "::1", MemberStatus.ALIVE, "svc=p/web:1", "p.web.weight=0"))));
  }

  @Test
  void takesNamesThatAreEqualWithoutCaseAndTheLongestOnes() throws Exception {
    String name = "9" + "_".repeat(61) + "x";
    List<String> entries =
        new ArrayList<>(List.of("p/web:1", "p/WEB:2", "P/web:5", "1.0/0:3", "p/p:65535"));
    entries.add(name + "/" + name + ":4");
    assertTakes(
        HostileSnapshots.snapshot(
            List.of(member("a", MemberStatus.ALIVE, "svc=" + String.join(",", entries)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a b", "a;b", "a{b}", "a'b", "a$b", "a#b", "é", "-a", "{}x"})
  void refusesABadFileWhateverItsPath(String name) throws Exception {
    Path file = folder.resolve(name).resolve("up.conf");
    ProgramResult result = check(file, "upstream a { broken; }\n");
    assertThat(result.status()).isEqualTo(1);
    assertThat(String.join("\n", result.output())).contains("unknown directive \"broken\"");
    assertThat(check(file, "upstream a { server [::1]:1; }\n").succeeded()).isTrue();
  }
}
