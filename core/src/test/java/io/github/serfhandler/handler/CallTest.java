package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.SerfInterruptedException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {
  private static final QueryEvent QUERY = new QueryEvent(0, 0, 1, "load", Payload.EMPTY);

  private final StubNode node = new StubNode("web");

  /** What a handler does. */
  private interface Body {
    Reaction handle() throws Throwable;
  }

  private record Lambda(String name, Body body) implements Handler {
    @Override
    public Reaction handle(SerfEvent event, LocalNode where) throws Exception {
      try {
        return body.handle();
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @AfterEach
  void leavesNoInterruptBehind() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private CallResult call(Body body) {
    return Call.of(new Lambda("handler", body), QUERY, node);
  }

  @Test
  void givesTheAnswer() {
    CallResult result = call(() -> Reaction.answer(Payload.ofText("0.42")));
    assertThat(result.outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(result.answer()).contains(Payload.ofText("0.42"));
    assertThat(result.failure()).isEmpty();
    assertThat(result.handler()).isEqualTo("handler");
    assertThat(result.duration()).isPositive();
  }

  @Test
  void tellsWhatWasNotHandled() {
    assertThat(call(() -> Reaction.NOT_HANDLED).outcome()).isEqualTo(Outcome.NOT_HANDLED);
  }

  static List<Throwable> anything() {
    return List.of(
        new IllegalStateException("bug"),
        new Exception("checked"),
        new HandlerException("reason"),
        new NoClassDefFoundError("org/example/Missing"),
        new StackOverflowError(),
        new OutOfMemoryError("Requested array size exceeds VM limit"),
        new AssertionError("not so"),
        new Error("of its own kind"));
  }

  @ParameterizedTest
  @MethodSource("anything")
  void makesAValueOfWhateverIsThrown(Throwable thrown) {
    CallResult result =
        call(
            () -> {
              throw thrown;
            });
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.failure()).contains(thrown);
    assertThat(result.answer()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // What Java code without NullAway does.
  void takesAMissingReactionForAFailure() {
    assertThat(call(() -> null).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void tellsAnInterruptFromAFailure() {
    Thread.currentThread().interrupt();
    CallResult result =
        call(
            () -> {
              new CountDownLatch(1).await();
              return Reaction.HANDLED;
            });
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void tellsAnInterruptThatCameAsAnotherException() {
    assertThat(
            call(() -> {
                  throw new SerfInterruptedException("interrupted", true, null);
                })
                .outcome())
        .isEqualTo(Outcome.TIMED_OUT);
    CallResult wrapped =
        call(
            () -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("wrapped");
            });
    assertThat(wrapped.outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void countsWorkThatWasDoneInSpiteOfAnInterrupt() {
    Thread.currentThread().interrupt();
    assertThat(call(() -> Reaction.HANDLED).outcome()).isEqualTo(Outcome.HANDLED);
  }

  @Test
  void namesAHandlerThatCanNotTellItsName() {
    Handler nameless =
        new SerfHandler() {
          @Override
          public String name() {
            throw new IllegalStateException("no name");
          }
        };
    CallResult result = Call.of(nameless, QUERY, node);
    assertThat(result.handler()).isEqualTo(nameless.getClass().getName());
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_HANDLED);
  }
}
