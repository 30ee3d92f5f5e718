package io.github.serfhandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

  private static final String LONG_TEXT = "x".repeat(40);

  @Test
  void givesBackWhatItEncoded() {
    BigInteger uint64 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    Object value =
        Wire.map("s", LONG_TEXT, "i", -7L, "u", uint64, "d", 0.5, "n", null, "l", List.of(true));
    assertThat(Wire.decode(Wire.encode(value, "next"))).containsExactly(value, "next");
  }

  @Test
  void usesTheFormatsThatItNames() {
    byte[] bytes = LONG_TEXT.getBytes(StandardCharsets.UTF_8);
    assertThat(Wire.encodeAs(WireFormat.MODERN, LONG_TEXT)).startsWith(0xd9, 40);
    assertThat(Wire.encodeAs(WireFormat.MODERN, bytes)).startsWith(0xc4, 40);
    assertThat(Wire.encodeAs(WireFormat.OLD_RAW, LONG_TEXT)).startsWith(0xda, 0, 40);
    assertThat(Wire.encodeAs(WireFormat.OLD_RAW, bytes)).startsWith(0xda, 0, 40);
    assertThat(Wire.encodeAs(WireFormat.TEXT_AS_BIN, LONG_TEXT)).startsWith(0xc4, 40);
  }

  @Test
  void claimsMoreThanItSends() {
    assertThat(Wire.claimedMap(Integer.MAX_VALUE)).containsExactly(0xdf, 0x7f, 0xff, 0xff, 0xff);
    assertThat(Wire.claimedText(-1)).containsExactly(0xdb, 0xff, 0xff, 0xff, 0xff);
    assertThat(Wire.claimedArray(1)).containsExactly(0xdd, 0, 0, 0, 1);
    assertThat(Wire.claimedBytes(256)).containsExactly(0xc6, 0, 0, 1, 0);
  }

  @Test
  void refusesWhatMsgpackDoesNotHave() {
    assertThatThrownBy(() -> Wire.encode(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
