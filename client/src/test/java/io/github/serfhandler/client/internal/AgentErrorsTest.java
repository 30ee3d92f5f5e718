package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfCommandException;
import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentErrorsTest {

  /** The texts as they stand in the sources of Serf 0.9.4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EVENT       | Unsupported command                                                     | UNSUPPORTED      | true
          QUERY       | Feature not supported                                                   | UNSUPPORTED      | true
          STREAM      | Invalid event filter                                                    | INVALID          | true
          STREAM      | Stream with given sequence exists                                       | INVALID          | true
          MONITOR     | Unknown log level: X                                                    | INVALID          | true
          MONITOR     | Monitor already exists                                                  | INVALID          | true
          QUERY       | Queries cannot contain the '_serf_' prefix                              | INVALID          | true
          INSTALL_KEY | illegal base64 data at input byte 4                                     | INVALID          | true
          TAGS        | Encoded length of tags exceeds limit of 512 bytes                       | TOO_LARGE        | true
          EVENT       | user event exceeds configured limit of 512 bytes before encoding        | TOO_LARGE        | true
          EVENT       | user event exceeds sane limit of 9216 bytes before encoding             | TOO_LARGE        | true
          EVENT       | encoded user event exceeds configured limit of 512 bytes after encoding | TOO_LARGE        | true
          QUERY       | query exceeds limit of 1024 bytes                                       | TOO_LARGE        | true
          RESPOND     | failed to respond to key query: response exceeds limit of 1024 bytes    | TOO_LARGE        | true
          RESPOND     | No pending queries matching ID                                          | TOO_LATE         | true
          RESPOND     | failed to respond to key query: response is past the deadline           | TOO_LATE         | true
          RESPOND     | failed to respond to key query: response already sent                   | ALREADY_ANSWERED | true
          FORCE_LEAVE | timed out broadcasting node removal                                     | NOT_BROADCAST    | false
          TAGS        | timeout waiting for update broadcast                                    | NOT_BROADCAST    | true
          LEAVE       | timeout while waiting for graceful leave                                | NOT_BROADCAST    | false
          JOIN        | Serf can't Join after Leave or Shutdown                                 | LEAVING          | true
          LEAVE       | Leave already in progress                                               | LEAVING          | true
          LEAVE       | Leave called after Shutdown                                             | LEAVING          | true
          USE_KEY     | 2/2 nodes reported failure                                              | NODES_FAILED     | true
          USE_KEY     | 1/2 nodes reported success                                              | NODES_FAILED     | true
          EVENT       | something new                                                           | OTHER            | false
          """)
  void knowsTheAgentsWords(Command command, String text, Reason reason, boolean retrySafe) {
    SerfException e = AgentErrors.of(command, "h:1", text);
    assertThat(e)
        .isInstanceOfSatisfying(
            SerfCommandException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.agentText()).isEqualTo(text);
            })
        .hasMessageStartingWith("the Serf agent at h:1 refused '" + command.word() + "' (");
    assertThat(e.retrySafe()).isEqualTo(retrySafe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authentication required", "Invalid authentication token"})
  void knowsWhatIsAboutTheKey(String text) {
    SerfException e = AgentErrors.of(Command.MEMBERS, "h:1", text);
    assertThat(e).isInstanceOf(SerfAuthException.class).hasMessageContaining("h:1");
    assertThat(AgentErrors.ends(e)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Unsupported IPC version", "Handshake required", "Handshake already performed"})
  void knowsWhatIsAboutTheProtocol(String text) {
    SerfException e = AgentErrors.of(Command.MEMBERS, "h:1", text);
    assertThat(e).isInstanceOf(SerfProtocolException.class).hasMessageEndingWith(text);
    assertThat(AgentErrors.ends(e)).isTrue();
  }

  @Test
  void onlyAnUnknownCommandEndsTheConnectionOfARefusal() {
    assertThat(AgentErrors.ends(AgentErrors.of(Command.EVENT, "h:1", "boom"))).isFalse();
    assertThat(AgentErrors.ends(AgentErrors.of(Command.EVENT, "h:1", "Unsupported command")))
        .isTrue();
  }
}
