package io.github.serfhandler.client.internal.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MsgpackWriterTest {

  @Test
  void refusesMoreThanItsLimitBeforeAByteIsSent() {
    MsgpackWriter writer = new MsgpackWriter(1000);
    writer.string("x".repeat(990));
    assertThatThrownBy(() -> writer.string("0123456789"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 1000 bytes");
    writer.reset();
    assertThat(writer.string("0123456789").size()).isEqualTo(11);
  }

  @Test
  void replacesHalfASurrogatePair() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MsgpackWriter(100).string("a\ud800b").writeTo(out);
    assertThat(Wire.decode(out.toByteArray())).containsExactly("a?b");
  }
}
