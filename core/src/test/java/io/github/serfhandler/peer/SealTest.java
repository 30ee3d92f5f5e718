package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealTest {
  private final Seal seal = new Seal(PeerSecret.of("correct horse battery"));
  private final Seal other = new Seal(PeerSecret.of("incorrect horse battery"));
  private final byte[] plain = "what do you hold?".getBytes(UTF_8);

  @Test
  void opensWhatItSealed() {
    byte[] request = seal.request(plain);
    assertThat(seal.openRequest(request)).hasValue(plain);
    assertThat(seal.openReply(seal.reply(plain, request), request)).hasValue(plain);
    assertThat(seal.openRequest(seal.request(new byte[0]))).hasValue(new byte[0]);
  }

  @Test
  void neverGivesTheSameBytesTwice() {
    assertThat(seal.request(plain)).isNotEqualTo(seal.request(plain)).hasSize(plain.length + 28);
    assertThat(new String(seal.request(plain), UTF_8)).doesNotContain("hold");
  }

  @Test
  void opensNothingOfAnotherSecret() {
    byte[] request = seal.request(plain);
    assertThat(other.openRequest(request)).isEmpty();
    assertThat(seal.openReply(other.reply(plain, request), request)).isEmpty();
  }

  @Test
  void opensNothingThatWasTamperedWith() {
    byte[] request = seal.request(plain);
    byte[] reply = seal.reply(plain, request);
    for (int i = 0; i < request.length; i++) {
      request[i] ^= 1;
      assertThat(seal.openRequest(request)).isEmpty();
      assertThat(seal.openReply(reply, request)).isEmpty();
      request[i] ^= 1;
    }
    for (int i = 0; i < reply.length; i++) {
      reply[i] ^= 1;
      assertThat(seal.openReply(reply, request)).isEmpty();
      reply[i] ^= 1;
    }
    for (int length = 0; length < request.length; length++) {
      assertThat(seal.openRequest(Arrays.copyOf(request, length))).isEmpty();
    }
  }

  @Test
  void opensNeitherARequestThatIsReflectedNorAnOldReply() {
    byte[] first = seal.request(plain);
    byte[] second = seal.request(plain);
    assertThat(seal.openReply(first, first)).isEmpty();
    assertThat(seal.openRequest(seal.reply(plain, first))).isEmpty();
    assertThat(seal.openReply(seal.reply(plain, first), second)).isEmpty();
  }
}
