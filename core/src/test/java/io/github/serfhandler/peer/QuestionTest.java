package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
  private static final Wanted LONGEST =
      new Wanted("k".repeat(63), new Revision(ConfigUpdate.MAX_VERSION, false, "f".repeat(64)));

  @Test
  void readsBackAsItWasWritten() throws RefusedQuestion {
    for (Question question :
        List.of(
            new Question.OfHeld("p", ""),
            new Question.OfHeld("p", "key"),
            new Question.OfContent("p", LONGEST, 262_144),
            new Question.OfContents("p", List.of(LONGEST, LONGEST)))) {
      assertThat(Question.parse(question.bytes())).isEqualTo(question);
    }
  }

  @Test
  void asksForAsManyOfTheLongestNamesAsAreAllowed() throws RefusedQuestion {
    List<Wanted> most = Collections.nCopies(Question.MAX_WANTED, LONGEST);
    byte[] bytes = new Question.OfContents("p".repeat(63), most).bytes();
    assertThat(bytes.length).isLessThan(Question.MAX_BYTES);
    assertThat(Question.parse(bytes)).isEqualTo(new Question.OfContents("p".repeat(63), most));
    List<Wanted> tooMany = Collections.nCopies(Question.MAX_WANTED + 1, LONGEST);
    assertThatThrownBy(() -> Question.parse(new Question.OfContents("p", tooMany).bytes()))
        .isInstanceOf(RefusedQuestion.class)
        .hasMessage("question");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version|{'v':2,'product':7}",
        "question|{'v':1}",
        "question|[]",
        "question|{'v':1,'product':'..','op':'held','after':''}",
        "question|{'v':1,'product':'p','op':'held','after':'a/b'}",
        "question|{'v':1,'product':'p','op':'held'}",
        "question|{'v':1,'product':'p','op':'content','offset':-1,'wanted':{}}",
        "question|{'v':1,'product':'p','op':'content','offset':1048576,'wanted':{}}",
        "question|{'v':1,'product':'p','op':'content','offset':0,'wanted':{'key':'k'}}",
        "question|{'v':1,'product':'p','op':'contents','wanted':[1]}",
        "question|{'v':1,'product':'p','op':'write'}",
      },
      quoteCharacter = '`')
  void refusesWhatIsNone(String reason, String text) {
    assertThatThrownBy(() -> Question.parse(text.replace('\'', '"').getBytes(UTF_8)))
        .isInstanceOf(RefusedQuestion.class)
        .hasMessage(reason);
  }
}
