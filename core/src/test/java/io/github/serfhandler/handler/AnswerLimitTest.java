package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {
  private final List<String> warnings = new ArrayList<>();

  private static Payload bytes(int count) {
    return Payload.of(new byte[count]);
  }

  @ParameterizedTest
  @CsvSource({"1024, node1, 970", "1024, '', 975", "1024, knöten, 968", "10, node1, 0"})
  void takesTheRestOfTheMessageOff(int limit, String name, int most) {
    assertThat(new AnswerLimit(limit, name).most()).isEqualTo(most);
  }

  @Test
  void countsTheLongerHeadOfALongName() {
    assertThat(new AnswerLimit(1024, "n".repeat(31)).most()).isEqualTo(944);
    assertThat(new AnswerLimit(1024, "n".repeat(32)).most()).isEqualTo(941);
  }

  @Test
  void leavesAnAnswerThatFits() {
    Payload answer = bytes(970);
    assertThat(new AnswerLimit(1024, "node1").fit(answer, warnings::add)).isSameAs(answer);
    assertThat(warnings).isEmpty();
  }

  @Test
  void putsAnErrorInPlaceOfALongerOneAndSaysSo() {
    Payload fitted = new AnswerLimit(1024, "node1").fit(bytes(971), warnings::add);
    assertThat(fitted.text())
        .isEqualTo("error: the answer of 971 bytes is longer than the 970 that Serf takes");
    assertThat(warnings).singleElement().asString().contains("971", "970", "handlers.answer_limit");
  }

  @Test
  void cutsTheErrorWhereNotEvenThatFits() {
    AnswerLimit tight = new AnswerLimit(66, "node1");
    assertThat(tight.fit(bytes(100), warnings::add).text())
        .isEqualTo("error: the a".substring(0, 12));
    assertThat(new AnswerLimit(1, "node1").fit(bytes(1), warnings::add)).isEqualTo(Payload.EMPTY);
  }

  @Test
  void takesTheSmallerOfTwoLimits() {
    AnswerLimit limit = new AnswerLimit(1024, "node1");
    assertThat(limit.atMost(100).most()).isEqualTo(100);
    assertThat(limit.atMost(5000).most()).isEqualTo(970);
  }
}
