package io.github.serfhandler.render;

import static io.github.serfhandler.catalog.Fixtures.member;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.process.ProgramRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real shells source {@code services.env} and pass its variables on. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenderedByShellIT {
  private static final String SCRIPT = "set -aeu; . \"$1\"; env -0 > \"$2\"";

  @TempDir Path folder;

  private List<String> sourced(String shell, Snapshot snapshot) throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    // What a pattern such as [::1]:80 could match, were it one.
    for (String name : List.of(":", "1", "::80", "1:80", ":80", "2:80", "SVC_P__V6=1:80")) {
      Files.createFile(work.resolve(name));
    }
    Path file = folder.resolve("services.env");
    Path out = folder.resolve("out");
    Files.writeString(file, HostileSnapshots.text(new EnvRenderer(), snapshot));
    ProgramResult result =
        new ProgramRunner()
            .run(
                new Program(
                    List.of(shell, "-c", SCRIPT, "sh", file.toString(), out.toString()),
                    Duration.ofSeconds(60),
                    Map.of(),
                    Optional.of(work)),
                ProgramRunner.NOTHING);
    assertThat(result.succeeded()).as("%s", result).isTrue();
    assertThat(result.output()).isEmpty();
    try (Stream<Path> files = Files.list(work)) {
      assertThat(files).hasSize(7);
    }
    return Stream.of(Files.readString(out, UTF_8).split("\0", -1))
        .filter(variable -> variable.contains("SVC_") || variable.startsWith("LD_"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void globsNoAddress(String shell) throws Exception {
    Snapshot snapshot =
        HostileSnapshots.snapshot(
            List.of(
                member("a", "::1", MemberStatus.ALIVE, "svc=p/v6:80,p/v6:81"),
                member("b", "10.0.0.2", MemberStatus.ALIVE, "svc=p/v6:80")));
    assertThat(sourced(shell, snapshot))
        .containsExactlyInAnyOrder(
            "SVC_P__V6=[::1]:80,[::1]:81,10.0.0.2:80",
            "SVC_P__V6__ADDR=::1",
            "SVC_P__V6__PORT=80",
            "SVC_P__V6__COUNT=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void runsNothingOfHostileNodes(String shell) throws Exception {
    assertThat(sourced(shell, HostileSnapshots.ofTexts()))
        .hasSize(8)
        .allMatch(variable -> variable.matches("SVC_(LD__PRELOAD|A__WEB)\\w*=[0-9a-f.:,\\[\\]]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void takesNothingAtAll(String shell) throws Exception {
    assertThat(sourced(shell, HostileSnapshots.snapshot(List.of()))).isEmpty();
  }
}
