package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void foldsGosListsOfErrors() {
    assertThat(Texts.folded("2 errors occurred:\n\t* one: no\n\t* two: no\n\n"))
        .isEqualTo("2 errors occurred: one: no; two: no");
    assertThat(Texts.folded("\r\n")).isEmpty();
  }

  @Test
  void escapesWhatWouldTamperWithATerminal() {
    assertThat(Texts.escaped("a\u001b[2J\u0000\u202eb\u2028\u00e4"))
        .isEqualTo("a\\u001b[2J\\u0000\\u202eb\\u2028\u00e4");
  }

  @Test
  void clipsWhatIsTooLong() {
    assertThat(Texts.folded("x".repeat(10_000))).hasSize(2003).endsWith("...");
  }

  @Test
  void writesAddressesAsPeopleDo() throws UnknownHostException {
    assertThat(Texts.address(InetSocketAddress.createUnresolved("host", 1))).isEqualTo("host:1");
    assertThat(Texts.address(InetSocketAddress.createUnresolved("::1", 1))).isEqualTo("[::1]:1");
    InetAddress numeric = InetAddress.getByAddress(new byte[] {127, 1, 2, 3});
    assertThat(Texts.address(new InetSocketAddress(numeric, 1))).isEqualTo("127.1.2.3:1");
  }

  @Test
  void writesDurationsAsPeopleDo() {
    assertThat(Texts.duration(Duration.ofSeconds(3))).isEqualTo("3 s");
    assertThat(Texts.duration(Duration.ofMillis(1250))).isEqualTo("1250 ms");
  }

  @Test
  void showsBytesThatMayBeAnything() {
    assertThat(Texts.ascii(new byte[] {'H', 'T', 0, -1, 'P'})).isEqualTo("'HT..P'");
  }
}
