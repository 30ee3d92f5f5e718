package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.36, 127.0.0.36",
    "255.255.255.255, 255.255.255.255",
    "::1, ::1",
    "2001:db8::, 2001:db8::",
    "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
    "fe80::1, fe80::1",
    "::ffff:10.1.2.3, 10.1.2.3"
  })
  void writesTheCanonicalForm(String literal, String text) {
    assertThat(Addresses.text(Fixtures.addr(literal))).isEqualTo(text);
  }

  @Test
  void leavesTheScopeOut() throws UnknownHostException {
    byte[] bytes = Fixtures.addr("fe80::1").getAddress();
    assertThat(Addresses.text(java.net.Inet6Address.getByAddress("x", bytes, 3)))
        .isEqualTo("fe80::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1"})
  void knowsWhatNobodyCanConnectTo(String literal) {
    assertThat(Addresses.isUsable(Fixtures.addr(literal))).isFalse();
    assertThat(Addresses.isUsable(null)).isFalse();
  }

  @Property
  void writesWhatJavaReadsBack(@ForAll("addresses") InetAddress address) {
    String text = Addresses.text(address);
    assertThat(Fixtures.addr(text)).isEqualTo(address);
    assertThat(text).doesNotContain(":::").doesNotContain("%").isLowerCase();
  }

  @Provide
  Arbitrary<InetAddress> addresses() {
    Arbitrary<Byte> bytes = Arbitraries.of((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0xfe);
    return Arbitraries.of(4, 16)
        .flatMap(size -> bytes.array(byte[].class).ofSize(size))
        .map(
            array -> {
              try {
                return InetAddress.getByAddress(array);
              } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
