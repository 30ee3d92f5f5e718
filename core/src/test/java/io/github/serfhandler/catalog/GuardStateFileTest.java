package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.instance;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.GuardState.Cause;
import io.github.serfhandler.catalog.GuardState.Loss;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardStateFileTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123Z");

  private static GuardState state(String node) {
    View alive =
        new View(
            new TreeMap<>(
                Map.of(
                    "p",
                    new TreeMap<>(
                        Map.of(
                            "web",
                            List.of(instance("n2", "10.0.0.2", 80), instance("n10", "::1", 81)))))),
            List.of());
    return new GuardState(
        alive,
        List.of(
            new Loss("p", "db", instance(node, "10.0.0.3", 3306), Cause.FAILED, TIME, false),
            new Loss("p", "web", instance("n4", "10.0.0.4", 80), Cause.VANISHED, TIME, true)),
        new LossWave(2, TIME, TIME.plusMillis(1), true));
  }

  private static final String EXAMPLE =
      """
      serf-handler-guard 1
      service	p	web
      alive	n2	0a000002	80
      alive	n10	00000000000000000000000000000001	81
      service	p	db
      failed	n\\u0009\\u005c\\ud8003	0a000003	3306	1767225600123
      service	p	web
      vanished-held	n4	0a000004	80	1767225600123
      wave	2	1767225600123	1767225600124	1
      end	9
      """;

  @Test
  void writesAndReadsTheDocumentedForm() {
    GuardState state = state("n\t\\\uD8003");
    assertThat(new String(GuardStateFile.encode(state), UTF_8)).isEqualTo(EXAMPLE);
    GuardStateFile.Loaded loaded = GuardStateFile.decode(EXAMPLE.getBytes(UTF_8));
    assertThat(loaded.problem()).isEmpty();
    assertThat(loaded.state()).isEqualTo(state);
  }

  @Test
  void readsTheEmptyMemory() {
    byte[] bytes = GuardStateFile.encode(GuardState.EMPTY);
    assertThat(new String(bytes, UTF_8)).isEqualTo("serf-handler-guard 1\nend\t1\n");
    assertThat(GuardStateFile.decode(bytes).state()).isEqualTo(GuardState.EMPTY);
  }

  @Test
  void refusesAFileThatWasCutShortAnywhere() {
    byte[] bytes = EXAMPLE.getBytes(UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      GuardStateFile.Loaded loaded = GuardStateFile.decode(Arrays.copyOf(bytes, length));
      assertThat(loaded.problem()).as("%s bytes", length).isPresent();
      assertThat(loaded.state()).isSameAs(GuardState.EMPTY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serf-handler-guard 2\nend\t1\n",
        "serf-handler-guard 1\nend\t2\n",
        "serf-handler-guard 1\nend\t1\n\n",
        "serf-handler-guard 1\nend\n",
        "serf-handler-guard 1\nend\t-1\n",
        "serf-handler-guard 1\n\nend\t2\n",
        "serf-handler-guard 1\nwave\t1\t0\t0\nend\t2\n",
        "serf-handler-guard 1\nwave\t-1\t0\t0\t1\nend\t2\n",
        "serf-handler-guard 1\nwave\t1\t0\t0\t1\nwave\t1\t0\t0\t1\nend\t3\n",
        "serf-handler-guard 1\nother\nend\t2\n",
        "serf-handler-guard 1\nalive\tn\t0a000001\t80\nend\t2\n",
        "serf-handler-guard 1\nservice\tp\t..\nend\t2\n",
        "serf-handler-guard 1\nservice\t\tweb\nend\t2\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\t0a000001\t0\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\t0a000001\t80\tx\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\t10.0.0.1\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\t0a00000g\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\t0a00000\uFF11\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\\u00\t0a000001\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nalive\tn\\x0000\t0a000001\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nheld\tn\t0a000001\t80\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nheld\tn\t0a000001\t80\t\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\nheld\tn\t0a000001\t80\t9999999999999999\nend\t3\n",
        "serf-handler-guard 1\nservice\tp\tweb\tx\ty\tz\tz\nend\t2\n",
      })
  void refusesWhatIsNotExactlyRight(String text) {
    GuardStateFile.Loaded loaded = GuardStateFile.decode(text.getBytes(UTF_8));
    assertThat(loaded.problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("the guard's memory is not usable: line ")
                    .doesNotContain("\n"));
    assertThat(loaded.state()).isSameAs(GuardState.EMPTY);
  }

  @Test
  void refusesWhatIsNotUtf8OrTooLong() {
    assertThat(GuardStateFile.decode(new byte[] {(byte) 0xff, '\n'}).problem())
        .contains("the guard's memory is not usable: not UTF-8");
    assertThat(GuardStateFile.decode(new byte[GuardStateFile.MAX_BYTES + 1]).problem())
        .contains("the guard's memory is not usable: longer than 16777216 bytes");
  }

  @Property(tries = 500)
  void keepsAnyNodeNameAndTime(
      @ForAll String node, @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long time) {
    Loss loss =
        new Loss(
            "p",
            "web",
            instance(node, "10.0.0.1", 1),
            Cause.FAILED,
            Instant.ofEpochMilli(time),
            true);
    GuardState state = new GuardState(View.EMPTY, List.of(loss), LossWave.NONE);
    GuardStateFile.Loaded loaded = GuardStateFile.decode(GuardStateFile.encode(state));
    assertThat(loaded.problem()).isEmpty();
    assertThat(loaded.state()).isEqualTo(state);
  }

  @Property(tries = 3_000)
  void survivesAnyDamage(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 300) Integer> places,
      @ForAll byte value) {
    byte[] bytes = EXAMPLE.getBytes(UTF_8);
    for (int place : places) {
      bytes[place % bytes.length] = value;
    }
    GuardStateFile.Loaded loaded = GuardStateFile.decode(bytes);
    if (loaded.problem().isPresent()) {
      assertThat(loaded.state()).isSameAs(GuardState.EMPTY);
    } else {
      assertThat(GuardStateFile.decode(GuardStateFile.encode(loaded.state())).state())
          .isEqualTo(loaded.state());
    }
  }
}
