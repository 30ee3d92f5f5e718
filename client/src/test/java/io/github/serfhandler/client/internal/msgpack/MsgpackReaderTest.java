package io.github.serfhandler.client.internal.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.DecodeLimits;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackReaderTest {

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void readsTextAndBytesInWhateverFormTheyCome(WireFormat format) throws IOException {
    MsgpackReader reader =
        reader(Wire.encodeAs(format, "text", new byte[] {'b', 'y'}, "x".repeat(200)));
    assertThat(reader.string("s")).isEqualTo("text");
    assertThat(reader.binary("b")).isEqualTo(new byte[] {'b', 'y'});
    assertThat(reader.symbol("s")).isEqualTo("x".repeat(200));
  }

  @Test
  void readsNilAsTheEmptyValueOfAnyKind() throws IOException {
    MsgpackReader reader = reader(Wire.encode(null, null, null, null, null, 1));
    assertThat(reader.string("s")).isEmpty();
    assertThat(reader.symbol("s")).isEmpty();
    assertThat(reader.binary("b")).isEmpty();
    assertThat(reader.map("m")).isZero();
    assertThat(reader.array("a")).isZero();
    assertThat(reader.nil()).isFalse();
    assertThat(reader.integer("i", 0, 1)).isEqualTo(1);
  }

  @Test
  void replacesMalformedUtf8() throws IOException {
    MsgpackReader reader = reader(new byte[] {(byte) 0xa3, 'a', (byte) 0xff, 'b', (byte) 0xa1, -1});
    assertThat(reader.string("s")).isEqualTo("a\ufffdb");
    assertThat(reader.symbol("s")).isEqualTo("\ufffd");
  }

  @Test
  void sharesEqualSymbols() throws IOException {
    MsgpackReader reader = reader(Wire.encode("role", "role", "r\u00f4le", "role"));
    String first = reader.symbol("s");
    assertThat(reader.symbol("s")).isSameAs(first);
    assertThat(reader.symbol("s")).isEqualTo("r\u00f4le");
    assertThat(reader.symbol("s")).isSameAs(first);
  }

  @Test
  void keepsIntegersInTheirBounds() {
    assertThatThrownBy(() -> reader(Wire.encode(65536)).integer("Port", 0, 65535))
        .isInstanceOf(MalformedException.class)
        .hasMessage("Port is out of the range 0 to 65535");
    assertThatThrownBy(() -> reader(uint64()).integer("Port", -5, 65535))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> reader(Wire.encode(-1)).unsigned("Seq"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("negative");
  }

  @Test
  void readsTheGreatestUnsignedInteger() throws IOException {
    assertThat(reader(uint64()).unsigned("LTime")).isEqualTo(-1);
    assertThat(reader(uint64()).number("LTime")).isEqualTo(0x1p64);
  }

  @Test
  void namesWhatItExpectedAndWhatItFound() {
    assertThatThrownBy(() -> reader(Wire.encode("x")).map("the header"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("expected a map for the header but found a string (0xa1) at byte 0");
    assertThatThrownBy(() -> reader(Wire.encode(1.5)).array("Members"))
        .hasMessageContaining("a list for Members but found a float");
    assertThatThrownBy(() -> reader(Wire.encode(true)).string("Name"))
        .hasMessageContaining("a string for Name but found a boolean");
    assertThatThrownBy(() -> reader(Wire.encode(Map.of())).integer("Port", 0, 1))
        .hasMessageContaining("an integer for Port but found a map");
    assertThatThrownBy(() -> reader(Wire.encode(new byte[1])).bool("Ok"))
        .hasMessageContaining("a boolean for Ok but found bytes");
    assertThatThrownBy(() -> reader(new byte[] {(byte) 0xc1}).skip("a field"))
        .hasMessageContaining("but found no msgpack value (0xc1)");
    assertThatThrownBy(() -> reader(new byte[] {(byte) 0xd4, 1, 1}).binary("b"))
        .hasMessageContaining("but found an extension");
    assertThatThrownBy(() -> reader(Wire.encode((Object) null)).bool("Ok"))
        .hasMessageContaining("but found nil");
    assertThatThrownBy(() -> reader(Wire.encode(300)).bool("Ok"))
        .hasMessageContaining("but found an integer");
  }

  @Test
  void refusesMoreThanItsLimits() {
    DecodeLimits limits = new DecodeLimits(100_000, 10, 5);
    assertThatThrownBy(() -> reader(Wire.claimedText(11), limits).string("Name"))
        .hasMessageContaining("Name has 11 bytes")
        .hasMessageContaining("10 (DecodeLimits.stringBytes)");
    assertThatThrownBy(() -> reader(Wire.claimedBytes(-1), limits).skip("Payload"))
        .hasMessageContaining("4294967295 bytes");
    assertThatThrownBy(() -> reader(Wire.claimedArray(6), limits).array("Members"))
        .hasMessageContaining("Members has 6 entries")
        .hasMessageContaining("5 (DecodeLimits.elements)");
    assertThatThrownBy(() -> reader(Wire.claimedMap(-1), limits).skip("Tags"))
        .hasMessageContaining("4294967295 entries");
  }

  @Test
  void countsTheBytesOfEachFrameByItself() throws IOException {
    DecodeLimits limits = new DecodeLimits(40_000, 30_000, 5);
    byte[] frame = Wire.encode("x".repeat(29_000));
    MsgpackReader twoFrames = reader(Wire.concat(frame, frame), limits);
    twoFrames.string("s");
    twoFrames.beginFrame();
    twoFrames.string("s");
    MsgpackReader oneFrame = reader(Wire.concat(frame, frame), limits);
    oneFrame.string("s");
    assertThatThrownBy(() -> oneFrame.string("s"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("more than 40000 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6})
  void endsWithTheStream(int keep) {
    byte[] whole = Wire.concat(Wire.claimedText(1000), new byte[] {'a', 'b'});
    byte[] part = java.util.Arrays.copyOf(whole, keep);
    assertThatThrownBy(() -> reader(part).string("s")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader(part).skip("s")).isInstanceOf(EOFException.class);
  }

  @Test
  void allocatesForWhatComesRatherThanForWhatIsClaimed() {
    DecodeLimits generous = new DecodeLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    byte[] claim = Wire.claimedBytes(Integer.MAX_VALUE - 8);
    assertThatThrownBy(() -> reader(claim, generous).binary("b")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader(claim, generous).string("s")).isInstanceOf(EOFException.class);
  }

  @Test
  void passesOverTheDeepestNestingWithoutRecursion() throws IOException {
    byte[] deep = new byte[1_000_001];
    java.util.Arrays.fill(deep, (byte) 0x91);
    deep[1_000_000] = 0;
    MsgpackReader reader = reader(deep);
    reader.skip("a tower");
    assertThat(reader.frameBytes()).isEqualTo(1_000_001);
  }

  @Test
  void showsTheBeginningOfWhatItCouldNotRead() {
    MsgpackReader reader =
        reader("HTTP/1.1 400 Bad Request".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> reader.map("the header")).isInstanceOf(MalformedException.class);
    assertThat(reader.glimpse()).asString().isEqualTo("HTTP/1.1 400 Bad Request");
  }

  private static byte[] uint64() {
    byte[] bytes = new byte[9];
    java.util.Arrays.fill(bytes, (byte) 0xff);
    bytes[0] = (byte) 0xcf;
    return bytes;
  }

  private static MsgpackReader reader(byte[] bytes) {
    return reader(bytes, DecodeLimits.DEFAULT);
  }

  private static MsgpackReader reader(byte[] bytes, DecodeLimits limits) {
    InputStream in = new ByteArrayInputStream(bytes);
    MsgpackReader reader = new MsgpackReader(in, limits);
    reader.beginFrame();
    return reader;
  }
}
