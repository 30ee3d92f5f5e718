package io.github.serfhandler.client.internal.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.DecodeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** msgpack-core is the independent witness: what either writes, the other must read alike. */
class CodecPropertiesTest {

  @Property(tries = 600)
  void whatWeWriteIsWhatOthersRead(
      @ForAll long number, @ForAll String text, @ForAll byte[] bytes, @ForAll boolean flag)
      throws IOException {
    String writable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    MsgpackWriter writer = new MsgpackWriter(1 << 20);
    writer.map(3).array(2).integer(number).unsigned(number).string(text).binary(bytes);
    writer.bool(flag).nil();
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(written(writer))) {
      assertThat(unpacker.unpackMapHeader()).isEqualTo(3);
      assertThat(unpacker.unpackArrayHeader()).isEqualTo(2);
      assertThat(unpacker.unpackLong()).isEqualTo(number);
      assertThat(unpacker.unpackBigInteger())
          .isEqualTo(new BigInteger(Long.toUnsignedString(number)));
      assertThat(unpacker.unpackString()).isEqualTo(writable);
      assertThat(unpacker.readPayload(unpacker.unpackBinaryHeader())).isEqualTo(bytes);
      assertThat(unpacker.unpackBoolean()).isEqualTo(flag);
      unpacker.unpackNil();
      assertThat(unpacker.hasNext()).isFalse();
    }
  }

  @Property(tries = 60)
  void lengthsOfEverySizeAreWritten(@ForAll @IntRange(max = 70_000) int length) throws IOException {
    MsgpackWriter writer = new MsgpackWriter(1 << 20);
    writer.string("x".repeat(length)).binary(new byte[length]).map(length).array(length);
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(written(writer))) {
      assertThat(unpacker.unpackString()).hasSize(length);
      assertThat(unpacker.readPayload(unpacker.unpackBinaryHeader())).hasSize(length);
      assertThat(unpacker.unpackMapHeader()).isEqualTo(length);
      assertThat(unpacker.unpackArrayHeader()).isEqualTo(length);
    }
  }

  @Property(tries = 600)
  void numbersThatOthersWriteAreWhatWeRead(
      @ForAll long number, @ForAll double real, @ForAll float small) throws IOException {
    byte[] packed;
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packLong(number).packBigInteger(new BigInteger(Long.toUnsignedString(number)));
      packer.packDouble(real).packFloat(small);
      packed = packer.toByteArray();
    }
    MsgpackReader reader = new MsgpackReader(new Trickle(packed, 3), DecodeLimits.DEFAULT);
    reader.beginFrame();
    if (number == (int) number) {
      assertThat(reader.integer("n", Integer.MIN_VALUE, Integer.MAX_VALUE)).isEqualTo((int) number);
    } else {
      reader.skip("n");
    }
    assertThat(reader.unsigned("u")).isEqualTo(number);
    assertThat(reader.number("d")).isEqualTo(real);
    assertThat(reader.number("f")).isEqualTo(small);
    assertThat(reader.frameBytes()).isEqualTo(packed.length);
  }

  @Property(tries = 300)
  void textsThatOthersWriteAreWhatWeRead(
      @ForAll String text,
      @ForAll byte[] bytes,
      @ForAll boolean flag,
      @ForAll @IntRange(min = 1, max = 40) int atOnce)
      throws IOException {
    byte[] packed;
    try (MessageBufferPacker packer =
        new MessagePack.PackerConfig().withStr8FormatSupport(flag).newBufferPacker()) {
      packer.packString(text).packString(text);
      packer.packBinaryHeader(bytes.length).writePayload(bytes);
      packer.packBoolean(flag).packNil().packMapHeader(text.length());
      packed = packer.toByteArray();
    }
    String readable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    MsgpackReader reader = new MsgpackReader(new Trickle(packed, atOnce), DecodeLimits.DEFAULT);
    reader.beginFrame();
    assertThat(reader.string("s")).isEqualTo(readable);
    assertThat(reader.symbol("s")).isEqualTo(readable);
    assertThat(reader.binary("b")).isEqualTo(bytes);
    assertThat(reader.bool("flag")).isEqualTo(flag);
    assertThat(reader.nil()).isTrue();
    assertThat(reader.map("m")).isEqualTo(text.length());
    assertThat(reader.frameBytes()).isEqualTo(packed.length);
  }

  @Property(tries = 60)
  void longTextsCrossTheBuffer(
      @ForAll @IntRange(min = 30_000, max = 100_000) int length,
      @ForAll @IntRange(min = 1, max = 9_000) int atOnce)
      throws IOException {
    byte[] packed;
    byte[] pattern = new byte[length];
    for (int i = 0; i < length; i++) {
      pattern[i] = (byte) (i * 31);
    }
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packString("a".repeat(length)).packBinaryHeader(length).writePayload(pattern);
      packer.packString("end");
      packed = packer.toByteArray();
    }
    MsgpackReader reader = new MsgpackReader(new Trickle(packed, atOnce), DecodeLimits.DEFAULT);
    reader.beginFrame();
    assertThat(reader.string("s")).isEqualTo("a".repeat(length));
    assertThat(reader.binary("b")).isEqualTo(pattern);
    assertThat(reader.symbol("s")).isEqualTo("end");
  }

  @Property(tries = 200)
  void anyValueCanBePassedOver(@ForAll @Size(max = 60) byte[] seeds) throws IOException {
    byte[] packed;
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(seeds.length);
      for (byte seed : seeds) {
        packAny(packer, seed & 0xff, seeds);
      }
      packer.packString("end");
      packed = packer.toByteArray();
    }
    MsgpackReader reader = new MsgpackReader(new Trickle(packed, 7), DecodeLimits.DEFAULT);
    reader.beginFrame();
    reader.skip("anything");
    assertThat(reader.string("s")).isEqualTo("end");
  }

  private static void packAny(MessageBufferPacker packer, int seed, byte[] payload)
      throws IOException {
    switch (seed % 12) {
      case 0 -> packer.packNil();
      case 1 -> packer.packBoolean(seed > 100);
      case 2 -> packer.packLong(1L << (seed % 64));
      case 3 -> packer.packLong(-1L << (seed % 64));
      case 4 -> packer.packDouble(seed);
      case 5 -> packer.packFloat(seed);
      case 6 -> packer.packString("x".repeat(seed * 300));
      case 7 -> packer.packBinaryHeader(payload.length).writePayload(payload);
      case 8 -> packer.packArrayHeader(2).packMapHeader(1).packInt(seed).packNil().packInt(1);
      case 9 -> packer.packExtensionTypeHeader((byte) 5, payload.length).writePayload(payload);
      case 10 ->
          packer
              .packExtensionTypeHeader((byte) 5, 1 << (seed % 5))
              .writePayload(new byte[1 << (seed % 5)]);
      default -> {
        packer.packArrayHeader(20);
        for (int i = 0; i < 20; i++) {
          packer.packMapHeader(0);
        }
      }
    }
  }

  private static byte[] written(MsgpackWriter writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(out);
    assertThat(out.size()).isEqualTo(writer.size());
    return out.toByteArray();
  }
}
