package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.render.EnvRenderer;
import io.github.serfhandler.render.JsonRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancedConsumerHandlerIT {
  private static final MemberEvent JOIN = new MemberEvent(MemberEvent.Type.JOIN, List.of());
  private static final View ONE = StubNode.view(Fixtures.instance("a", "10.0.0.1", 80));
  private static final View TWO =
      StubNode.view(Fixtures.instance("a", "10.0.0.1", 80), Fixtures.instance("b", "10.0.0.2", 80));

  @TempDir Path temp;

  private StubNode node = new StubNode("web");
  private Path file = Path.of("unset");
  private Path reloads = Path.of("unset");
  private BalancedConsumerHandler handler = new BalancedConsumerHandler();

  @BeforeEach
  void keepOneFile() {
    node = new StubNode("web", temp);
    file = temp.resolve("services.env");
    reloads = temp.resolve("reloads");
    handler = newHandler();
  }

  /** As each process that Serf forks has it: the check refuses what holds 10.0.0.2. */
  private BalancedConsumerHandler newHandler() {
    Duration timeout = Duration.ofSeconds(30);
    return new BalancedConsumerHandler(
        FileSpec.of(file, new EnvRenderer())
            .check(
                Program.of(List.of("sh", "-c", "! grep -q 10.0.0.2 \"$1\"", "sh", "{}"), timeout))
            .reload(
                Program.of(
                    List.of(
                        "sh",
                        "-c",
                        "test ! -e \"$1.no\" && echo reloaded >> \"$1\"",
                        "sh",
                        reloads.toString()),
                    timeout))
            .build(),
        FileSpec.of(temp.resolve("plain.json"), new JsonRenderer()).build());
  }

  private void event(View view) throws Exception {
    node.passes(StubNode.pass(view, List.of(), List.of()));
    assertThat(handler.handle(JOIN, node)).isEqualTo(Reaction.HANDLED);
  }

  private List<String> reloads() throws IOException {
    return Files.exists(reloads) ? Files.readAllLines(reloads) : List.of();
  }

  @Test
  void keepsItsFilesAndReloadsOnceForAChange() throws Exception {
    event(ONE);
    assertThat(file).content().contains("10.0.0.1:80");
    assertThat(temp.resolve("plain.json")).content().contains("10.0.0.1");
    assertThat(reloads()).hasSize(1);
    event(ONE);
    handler = newHandler();
    event(ONE);
    assertThat(reloads()).hasSize(1);
  }

  @Test
  void keepsTheOldFileThatTheCheckIsForAndSaysWhy() throws Exception {
    event(ONE);
    assertThatThrownBy(() -> event(TWO))
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("the check refused " + file + ", the old file stays: sh status 1");
    assertThat(file).content().contains("10.0.0.1:80").doesNotContain("10.0.0.2");
    assertThat(temp.resolve("plain.json")).content().contains("10.0.0.2");
    assertThat(reloads()).hasSize(1);
  }

  @Test
  void makesAReloadInTheNextProcessThatFailedInThisOne() throws Exception {
    Path no = Files.createFile(temp.resolve("reloads.no"));
    assertThatThrownBy(() -> event(ONE))
        .isInstanceOf(HandlerException.class)
        .hasMessageContaining("sh status 1");
    assertThat(file).content().contains("10.0.0.1:80");
    Files.delete(no);
    handler = newHandler();
    event(ONE);
    assertThat(reloads()).hasSize(1);
    event(ONE);
    assertThat(reloads()).hasSize(1);
  }

  @Test
  void refusesTwoFilesOfOnePath() {
    FileSpec spec = FileSpec.of(file, new EnvRenderer()).build();
    assertThatThrownBy(() -> new BalancedConsumerHandler(spec, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two files are to be written to " + file);
  }
}
