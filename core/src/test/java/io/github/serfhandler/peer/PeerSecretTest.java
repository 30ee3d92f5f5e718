package io.github.serfhandler.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PeerSecretTest {
  @Test
  void takesTheTextOfAFile() {
    assertThat(PeerSecret.of("  correct horse battery \n"))
        .isEqualTo(PeerSecret.of("correct horse battery"))
        .isNotEqualTo(PeerSecret.of("Correct horse battery"))
        .hasSameHashCodeAs(PeerSecret.of("correct horse battery"));
  }

  @Test
  void givesEachPurposeAKeyOfItsOwn() {
    PeerSecret secret = PeerSecret.of("correct horse battery");
    assertThat(secret.key("request"))
        .hasSize(32)
        .isEqualTo(secret.key("request"))
        .isNotEqualTo(secret.key("reply"))
        .isNotEqualTo(PeerSecret.of("correct horse batterz").key("request"));
  }

  @Test
  void refusesWhatIsTooShortOrTooLongWithoutQuotingIt() {
    assertThatThrownBy(() -> PeerSecret.of("hunter2 hunter2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the peer secret has 15 characters; it must have 16 to 1024, the same on all nodes, as"
                + " from: openssl rand -base64 32");
    assertThatThrownBy(() -> PeerSecret.of("x".repeat(1025)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("xx");
  }

  @Test
  void hidesItsText() {
    assertThat(PeerSecret.of("hunter2 hunter2 hunter2")).hasToString("a peer secret");
  }
}
