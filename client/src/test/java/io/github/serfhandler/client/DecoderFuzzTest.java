package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.internal.Decoder;
import io.github.serfhandler.client.internal.MemberDecoder;
import io.github.serfhandler.client.internal.QueryRecord;
import io.github.serfhandler.client.internal.RecordDecoder;
import io.github.serfhandler.client.internal.ReplyDecoders;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Throws random, mutated and truncated frames at every decoder: nothing but {@link
 * MalformedException} and {@link EOFException} may come out. A failure names its seed. A long run:
 * {@code mvn -pl client -am test -Dtest=DecoderFuzzTest -Dfuzz.tries=100000000
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class DecoderFuzzTest {
  private static final int TRIES = Integer.getInteger("fuzz.tries", 50_000);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1 << 16, 10_000);

  private record Named(String name, Decoder<?> decoder) {}

  private static final List<Named> DECODERS =
      List.of(
          new Named("members", MemberDecoder::reply),
          new Named("event", in -> RecordDecoder.event(in, 1)),
          new Named("log", RecordDecoder::log),
          new Named("query", QueryRecord::read),
          new Named("join", ReplyDecoders::joined),
          new Named("keys", ReplyDecoders::keys),
          new Named("stats", ReplyDecoders::stats),
          new Named("coordinate", ReplyDecoders::coordinate));

  @Test
  void onlyItsOwnErrorsComeOutOfADecoder() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> seeds = seeds();
    int read = 0;
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] frame = frame(random, seeds);
      Named named = DECODERS.get(random.nextInt(DECODERS.size()));
      try {
        named.decoder.read(reader(frame));
        read++;
      } catch (MalformedException | EOFException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            named.name + " with -Dfuzz.seed=" + SEED + ", frame " + Arrays.toString(frame), e);
      }
    }
    // Both must happen, or this test would show nothing.
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  @Test
  void everySeedIsReadByItsDecoder() throws IOException {
    for (byte[] seed : seeds()) {
      boolean known = false;
      for (Named named : DECODERS) {
        known |= reads(named.decoder, seed);
      }
      assertThat(known).isTrue();
    }
  }

  private static boolean reads(Decoder<?> decoder, byte[] frame) throws IOException {
    try {
      decoder.read(reader(frame));
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static MsgpackReader reader(byte[] frame) {
    MsgpackReader reader = new MsgpackReader(new ByteArrayInputStream(frame), LIMITS);
    reader.beginFrame();
    return reader;
  }

  private static byte[] frame(SplittableRandom random, List<byte[]> seeds) {
    byte[] frame = seeds.get(random.nextInt(seeds.size())).clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        frame = new byte[random.nextInt(200)];
        random.nextBytes(frame);
      }
      case 1 -> frame = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
      case 2 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int cut = random.nextInt(frame.length);
        int from = random.nextInt(other.length);
        frame =
            Wire.concat(Arrays.copyOf(frame, cut), Arrays.copyOfRange(other, from, other.length));
      }
      default -> {
        // Bytes alone are changed.
      }
    }
    for (int changes = random.nextInt(4); changes > 0 && frame.length > 0; changes--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return frame;
  }

  private static List<byte[]> seeds() {
    FakeMember member =
        FakeMember.named("n1").withTag("role", "web:db").withTag("p.service_type", "web");
    List<Object> bodies =
        List.of(
            Wire.map("Members", List.of(member.toMap(), member.withAddr("::1").toMap())),
            Wire.map("Members", null),
            Records.user(7, "deploy", new byte[] {1, 2, 3}),
            Records.query(1, 9, "load", new byte[0]),
            Records.member("member-join", member),
            Records.log("2025/11/23 [INFO] hello"),
            Records.response("n1", new byte[40]),
            Records.done(),
            Wire.map("Num", 2),
            Wire.map(
                "Messages",
                Map.of("n1", "no"),
                "Keys",
                Map.of("a2V5", 2),
                "NumNodes",
                2,
                "NumErr",
                1,
                "NumResp",
                2),
            Wire.map("agent", Map.of("name", "n1"), "serf", Map.of("members", "2"), "tags", null),
            Wire.map("Coord", Wire.map("Vec", List.of(0.5, 1.5), "Height", 1e-5), "Ok", true));
    List<byte[]> seeds = new ArrayList<>();
    for (Object body : bodies) {
      for (WireFormat format : WireFormat.values()) {
        seeds.add(Wire.encodeAs(format, body));
      }
    }
    return seeds;
  }
}
