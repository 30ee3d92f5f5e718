package io.github.serfhandler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may publish. */
class TrustTest {
  private static final SigningKey.Pair ALICE = SigningKey.generate("alice");
  private static final SigningKey.Pair BOB = SigningKey.generate("bob");
  private static final SigningKey.Pair MALLORY = SigningKey.generate("mallory");
  private static final Trust TRUST = Trust.of(List.of(ALICE.publicKey(), BOB.publicKey()));

  private static ConfigUpdate update(long version, String user) {
    return new ConfigUpdate("p", "k", version, JsonObject.builder().put("user", user).build());
  }

  private static ConfigUpdate signed(SigningKey.Pair by, ConfigUpdate update) {
    return SigningKey.parse(by.text()).sign(update);
  }

  private static Optional<String> check(Trust trust, ConfigUpdate update) {
    return trust.requireTrusted(
        update.product(), update.key(), update.revision(), update.signature());
  }

  @Test
  void takesEveryonesWithoutKeys() {
    assertThat(check(Trust.EVERYONE, update(1, "x"))).isEmpty();
    assertThat(check(Trust.of(List.of()), signed(MALLORY, update(1, "x")))).isEmpty();
    assertThat(Trust.EVERYONE.demandsSignature()).isFalse();
  }

  @Test
  void namesWhoSigned() {
    assertThat(check(TRUST, signed(BOB, update(1, "x")))).contains("bob");
    assertThat(check(TRUST, signed(ALICE, ConfigUpdate.ofDeletion("p", "k", 7)))).contains("alice");
  }

  @Test
  void refusesWhatNobodySignedOrSomebodyElse() {
    assertThatThrownBy(() -> check(TRUST, update(1, "x")))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("not signed, and this node takes only");
    assertThatThrownBy(() -> check(TRUST, signed(MALLORY, update(1, "x"))))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("not signed by a key that this node trusts");
  }

  @Test
  void refusesASignatureOfAnythingElse() {
    ConfigUpdate update = signed(ALICE, update(5, "x"));
    String signature = update.signature().orElseThrow();
    List<ConfigUpdate> forged = new ArrayList<>();
    forged.add(update(6, "x").withSignature(signature));
    forged.add(update(5, "y").withSignature(signature));
    forged.add(ConfigUpdate.ofDeletion("p", "k", 5).withSignature(signature));
    JsonObject content = update.content().orElseThrow();
    forged.add(new ConfigUpdate("p", "k2", 5, content).withSignature(signature));
    forged.add(new ConfigUpdate("p2", "k", 5, content).withSignature(signature));
    for (ConfigUpdate one : forged) {
      assertThatThrownBy(() -> check(TRUST, one)).isInstanceOf(RejectedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "=", "...", "\n"})
  void refusesWhatIsNotWrittenAsASignature(String text) {
    assertThatThrownBy(() -> update(1, "x").withSignature(text))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("not a signature");
  }

  @Test
  void refusesSignaturesWhoseBytesAreNone() {
    for (String letter : List.of("A", "_", "9")) {
      ConfigUpdate update = update(1, "x").withSignature(letter.repeat(86));
      assertThatThrownBy(() -> check(TRUST, update)).isInstanceOf(RejectedException.class);
    }
  }

  @Test
  void readsBackWhatItWrites() {
    PublicKey key = PublicKey.parse(ALICE.publicKey().text());
    assertThat(key.text()).isEqualTo(ALICE.publicKey().text()).startsWith("alice:").hasSize(6 + 43);
    assertThat(check(Trust.of(List.of(key)), signed(ALICE, update(1, "x")))).contains("alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "alice", ":", "alice:", "alice:AAAA", "..:AAAA", "alice:!", "a b:AAAA"})
  void refusesWhatIsNoPublicKey(String text) {
    assertThatThrownBy(() -> PublicKey.parse(text))
        .isInstanceOfAny(IllegalArgumentException.class, RejectedException.class);
  }

  @Test
  void refusesWhatIsNoPrivateKeyWithoutAWordOfIt() {
    String secret = ALICE.text().substring(ALICE.text().indexOf(':') + 1).strip();
    for (String text :
        List.of("", "x", secret, "serf-handler private key\nalice" + secret, ALICE.text() + "x")) {
      assertThatThrownBy(() -> SigningKey.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .hasMessageNotContaining(secret.substring(0, 8));
    }
    assertThat(SigningKey.parse(ALICE.text())).hasToString("the private key alice");
    assertThat(ALICE.toString()).isEqualTo("alice");
  }
}
