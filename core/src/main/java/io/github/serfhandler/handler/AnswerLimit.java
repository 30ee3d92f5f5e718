package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Immutable: how long an answer to a query may be. Serf drops a longer one, and only the agent's
 * log says so: the asker waits in vain. Whoever runs handlers puts a short error in its place.
 *
 * <p>Serf measures its whole message, not the answer alone ({@code checkResponseSize} in {@code
 * event.go}, 0.9.4). The rest of the message ({@code messageQueryResponse} in {@code messages.go}:
 * the names of its fields, a Lamport time and a number of any size) takes at most 49 bytes and the
 * name of the node, with two more where that has 32 bytes or more.
 */
public final class AnswerLimit {
  private static final int REST_OF_THE_MESSAGE = 49;
  private static final int SHORT_NAME = 31;

  private final int most;

  /**
   * The limit of one agent.
   *
   * @param limit what the agent takes, in bytes: its {@code query_response_size_limit}
   * @param nodeName the name of the agent's node
   */
  public AnswerLimit(int limit, String nodeName) {
    this(room(limit, nodeName.getBytes(StandardCharsets.UTF_8).length));
  }

  private AnswerLimit(int most) {
    this.most = most;
  }

  private static int room(int limit, int name) {
    return Math.max(0, limit - REST_OF_THE_MESSAGE - name - (name > SHORT_NAME ? 2 : 0));
  }

  /** The limit where something else than the message takes no more than so many bytes. */
  public AnswerLimit atMost(int bytes) {
    return bytes < most ? new AnswerLimit(bytes) : this;
  }

  /** The longest answer in bytes, 0 or more. */
  public int most() {
    return most;
  }

  /**
   * The answer to send: this one where it fits, else a short error.
   *
   * @param warning is told in one line where it does not fit
   */
  public Payload fit(Payload answer, Consumer<String> warning) {
    if (answer.size() <= most) {
      return answer;
    }
    warning.accept(
        "an answer of "
            + answer.size()
            + " bytes is longer than the "
            + most
            + " that Serf takes, so the asker gets an error; shorten it, or raise"
            + " query_response_size_limit of all agents and handlers.answer_limit here");
    String error =
        "error: the answer of "
            + answer.size()
            + " bytes is longer than the "
            + most
            + " that Serf takes";
    byte[] bytes = error.getBytes(StandardCharsets.US_ASCII);
    // Where not even this fits, its beginning says more than silence.
    return Payload.of(bytes.length <= most ? bytes : Arrays.copyOf(bytes, most));
  }

  @Override
  public String toString() {
    return most + " bytes";
  }
}
