package io.github.serfhandler.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HandlersFileTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  private final Counters counters = new Counters();

  private static Object parsed(Counters counters, List<LaneStatus> handlers) {
    String json =
        StandardCharsets.UTF_8
            .decode(HandlersFile.render(counters, handlers, NOW).bytes())
            .toString();
    return new Load(LoadSettings.builder().build()).loadFromString(json);
  }

  @Test
  void showsCountersWithoutHandlers() {
    counters.add(counters.userEvents, 3);
    counters.add(counters.missed, 2);
    assertThat(parsed(counters, List.of()))
        .isEqualTo(
            Map.of(
                "pid", (int) ProcessHandle.current().pid(),
                "userEvents", 3,
                "queries", 0,
                "duplicates", 0,
                "gaps", 0,
                "missed", 2,
                "unknown", 0,
                "notHandled", 0,
                "noHandler", 0,
                "handlers", List.of()));
  }

  @Test
  void showsEachHandler() {
    CallResult failed =
        new CallResult(
            "x",
            Outcome.FAILED,
            Optional.empty(),
            Optional.of(new IllegalStateException("two\nlines " + "x".repeat(1000))),
            Duration.ofMillis(12));
    LaneStatus one =
        LaneStatus.of("Web\"Handler")
            .after(failed)
            .withDropped()
            .withAnswer()
            .now(LaneStatus.State.STUCK, Duration.ofSeconds(2), 7);
    Map<?, ?> status = (Map<?, ?>) parsed(counters, List.of(one, LaneStatus.of("other")));
    List<?> handlers = status.get("handlers") instanceof List<?> list ? list : List.of();
    assertThat(handlers).hasSize(2);
    Map<?, ?> shown = (Map<?, ?>) handlers.get(0);
    assertThat(shown.get("name")).isEqualTo("Web\"Handler");
    assertThat(shown.get("state")).isEqualTo("stuck");
    assertThat(shown.get("since")).isEqualTo("2026-01-01T00:00:08Z");
    assertThat(shown.get("waiting")).isEqualTo(7);
    assertThat(shown.get("failed")).isEqualTo(1);
    assertThat(shown.get("dropped")).isEqualTo(1);
    assertThat(shown.get("answers")).isEqualTo(1);
    assertThat(shown.get("lastMs")).isEqualTo(12);
    assertThat(shown.get("lastOutcome")).isEqualTo("failed");
    assertThat((String) shown.get("lastFailure"))
        .startsWith("IllegalStateException: two lines x")
        .hasSize(301);
  }
}
