package io.github.serfhandler.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

class StatusFileTest {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant CHANGED = Instant.parse("2026-01-02T03:04:06Z");

  private static Status status(String text, List<Held> held, List<String> failures) {
    return new Status(
        Status.State.AGENT_AWAY,
        SINCE,
        CHANGED,
        "[::1]:7373",
        text,
        text,
        7,
        5,
        3,
        held,
        failures,
        new Status.Counters(10, 11, 12, 13, Long.MAX_VALUE));
  }

  /** What another parser reads; JSON is a part of YAML 1.2. */
  private static Map<?, ?> parse(String json) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new JsonSchema()).setAllowDuplicateKeys(false).build();
    Object value = new Load(settings).loadFromString(json);
    assertThat(value).isInstanceOf(Map.class);
    return (Map<?, ?>) value;
  }

  private static String render(Status status) {
    return StandardCharsets.UTF_8.decode(StatusFile.render(status).bytes()).toString();
  }

  @Test
  void holdsEverythingThatTheStatusKnows() {
    Held held = new Held("p", "web", Fixtures.instance("node2", "10.0.0.2", 80), CHANGED);
    Map<?, ?> json = parse(render(status("node1", List.of(held), List.of("disk full"))));
    assertThat(json)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("state", "agent-away"),
                Map.entry("since", "2026-01-02T03:04:05.678Z"),
                Map.entry("changed", "2026-01-02T03:04:06Z"),
                Map.entry("pid", (int) ProcessHandle.current().pid()),
                Map.entry("agentAddr", "[::1]:7373"),
                Map.entry("agentName", "node1"),
                Map.entry("lastError", "node1"),
                Map.entry("members", 7),
                Map.entry("instances", 5),
                Map.entry("problems", 3),
                Map.entry("held", List.of("p/web node2 10.0.0.2 80 until 2026-01-02T03:04:06Z")),
                Map.entry("failures", List.of("disk full")),
                Map.entry("passes", 10),
                Map.entry("updates", 11),
                Map.entry("writeFailures", 12),
                Map.entry("agentLosses", 13),
                Map.entry("holds", Long.MAX_VALUE)));
  }

  @Test
  void survivesHostileTexts() {
    for (String hostile :
        List.of(
            "",
            "\"",
            "\\",
            "\",\n\"state\": \"following",
            "\u0000\u0001\u001f\u007f\u0085\u2028\u2029\ufeff",
            "\t\r\n",
            "{}[]:,#&*!|>%@`'",
            "Zoë ✓ 日本 🦀",
            "../../../etc/passwd")) {
      Map<?, ?> json = parse(render(status(hostile, List.of(), List.of(hostile, hostile))));
      assertThat(json.get("agentName")).isEqualTo(hostile);
      assertThat(json.get("failures")).isEqualTo(List.of(hostile, hostile));
      assertThat(json.get("state")).isEqualTo("agent-away");
    }
  }

  @Property(tries = 300)
  void readsBackAsItWasWhateverTheTexts(@ForAll String text, @ForAll List<String> failures) {
    Map<?, ?> json = parse(render(status(text, List.of(), failures)));
    assertThat(json).hasSize(17);
    assertThat(json.get("lastError")).isEqualTo(text);
    assertThat(json.get("failures")).isEqualTo(failures);
  }

  @Test
  void isWrittenUnderTheConfigurationDirectory(@TempDir Path folder) throws IOException {
    RecordingLog log = new RecordingLog();
    StatusFile file = new StatusFile(new FileStore(ManualClock.create(), log::add), folder, log);
    file.accept(status("node1", List.of(), List.of()));
    file.accept(status("node2", List.of(), List.of()));
    Path json = folder.resolve(".serf-handler/status.json");
    assertThat(parse(Files.readString(json)).get("agentName")).isEqualTo("node2");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void isNoReasonToStopWhenItCanNotBeWritten(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".serf-handler"), "in the way");
    RecordingLog log = new RecordingLog();
    StatusFile file = new StatusFile(new FileStore(ManualClock.create(), log::add), folder, log);
    file.accept(status("node1", List.of(), List.of()));
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0)).startsWith("DEBUG ").contains("status.json");
  }
}
