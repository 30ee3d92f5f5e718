package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AnswerLineTest {
  private static AnswerLine of(String line) {
    return AnswerLine.of(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(String key, int revision) {
    String encoded = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    return "{\"kv\":{\"key\":\"" + encoded + "\",\"mod_revision\":\"" + revision + "\"}}";
  }

  private static List<String> shown(AnswerLine line) {
    return line.events().stream()
        .map(e -> new String(e.kv().key(), StandardCharsets.UTF_8) + e.kv().revision())
        .toList();
  }

  @Test
  void keepsTheLastEventOfEachKey() {
    AnswerLine line =
        of(
            "{\"result\":{\"header\":{\"revision\":\"9\"},\"events\":["
                + String.join(",", event("a", 1), event("b", 2), event("a", 3))
                + "],\"watch_id\":\"1\"}}");
    assertThat(shown(line)).containsExactly("b2", "a3");
    assertThat(line.rest().compact())
        .isEqualTo(
            "{\"result\":{\"events\":[],\"header\":{\"revision\":\"9\"},\"watch_id\":\"1\"}}");
  }

  @Test
  void readsWhatHasNoEvents() {
    assertThat(shown(of("{\"result\":{\"created\":true}}"))).isEmpty();
    assertThat(shown(of("{\"result\":{\"events\":[]}}"))).isEmpty();
    assertThat(of("{\"error\":{\"events\":\"[\"}}").events()).isEmpty();
    assertThat(of("{\"events\":[1]}").rest().compact()).isEqualTo("{\"events\":[1]}");
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String line :
        List.of(
            "",
            "{",
            "[]",
            "{\"result\":{\"events\":[",
            "{\"result\":{\"events\":[{]}}",
            "{\"result\":{\"events\":[" + event("a", 1),
            "{\"result\":{\"events\":[" + event("a", 1) + "]",
            "{\"result\":{\"events\":[],\"events\":[]}}",
            "{\"result\":{\"events\":[{\"kv\":\"x\"}]}}",
            "{\"result\":{\"events\":[" + event("a", 1) + "]}} x",
            "{\"result\":{\"events\":[\"")) {
      assertThatThrownBy(() -> of(line))
          .as(line)
          .isInstanceOfAny(JsonException.class, IllegalArgumentException.class);
    }
  }

  @Property(tries = 300)
  void findsEachKeyOnceWhateverTheNames(
      @ForAll @Size(max = 30) List<@StringLength(max = 5) String> keys) {
    StringBuilder events = new StringBuilder();
    int revision = 1;
    for (String key : keys) {
      events.append(events.length() == 0 ? "" : " ,\t").append(event(key, revision++));
    }
    AnswerLine line = of("{\"result\" : {\"events\" :\t[" + events + "] , \"fragment\":true}}");
    assertThat(line.events())
        .hasSize((int) keys.stream().map(AnswerLineTest::utf8).distinct().count());
    assertThat(line.events())
        .isSortedAccordingTo((a, b) -> Long.compare(a.kv().revision(), b.kv().revision()));
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
