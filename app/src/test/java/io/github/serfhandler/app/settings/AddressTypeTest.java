package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTypeTest {
  private final AddressType type = new AddressType();

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7373,127.0.0.1,7373",
    "localhost:1,localhost,1",
    "serf-1.example.org:65535,serf-1.example.org,65535",
    "[::1]:7373,::1,7373",
    "[fe80::1%eth0]:7373,fe80::1%eth0,7373",
    "[::ffff:1.2.3.4]:80,::ffff:1.2.3.4,80"
  })
  void readsAddressesWithoutResolvingThem(String text, String host, int port) throws Exception {
    InetSocketAddress address = type.parse(text);
    assertThat(address.isUnresolved()).isTrue();
    assertThat(address.getHostString()).isEqualTo(host);
    assertThat(address.getPort()).isEqualTo(port);
    assertThat(type.format(address)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | has no port;",
        "[::1] | has no port;",
        "'' | has no port;",
        ":7373 | has no valid host;",
        "ho st:1 | has no valid host;",
        "http://h:1 | is not host:port; an IPv6 address stands in [ ]",
        "::1:7373 | an IPv6 address stands in [ ]",
        "[1.2.3.4]:1 | holds no IPv6 address",
        "[::zz]:1 | holds no IPv6 address",
        "[::1%]:1 | holds no IPv6 address",
        "[1:2:3]:1 | holds no IPv6 address",
        "1.2.3:1 | holds no valid IPv4 address",
        "1.2.3.256:1 | holds no valid IPv4 address",
        "1..2.3:1 | has no valid host",
        "7373:7373 | holds no valid IPv4 address",
        "a:0 | has no port of 1 to 65535",
        "a:65536 | has no port of 1 to 65535",
        "a:99999999999 | has no port of 1 to 65535",
        "a:-1 | has no port of 1 to 65535",
        "a: | has no port of 1 to 65535",
        "a:80x | has no port of 1 to 65535",
      })
  void refusesWhatIsNoAddressAndShowsOne(String text, String reason) {
    assertThatThrownBy(() -> type.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("127.0.0.1:7373");
  }

  @Property
  void answersAnyTextWithAValueOrAReason(@ForAll String text) {
    try {
      InetSocketAddress address = type.parse(text);
      assertThat(type.format(address)).isNotEmpty();
    } catch (BadValueException e) {
      assertThat(e).hasMessageContaining("write for example");
    }
  }
}
