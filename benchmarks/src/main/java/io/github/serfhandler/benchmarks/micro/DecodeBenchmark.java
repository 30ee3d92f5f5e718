package io.github.serfhandler.benchmarks.micro;

import io.github.serfhandler.benchmarks.Fleet;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.client.DecodeLimits;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.internal.MemberDecoder;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The answer of {@code members} with 10,000 of them: bytes to members, members to a catalog. */
@State(Scope.Thread)
public class DecodeBenchmark {
  private static final int SIZE = 10_000;

  private final byte[] answer =
      Wire.encode(
          Wire.map(
              "Members", IntStream.range(0, SIZE).mapToObj(i -> Fleet.member(i).toMap()).toList()));
  private final List<Member> members;

  /** Encodes the answer. */
  public DecodeBenchmark() {
    try {
      members = decode();
    } catch (IOException e) {
      throw new IllegalStateException("our own bytes are well formed", e);
    }
  }

  /** Bytes to members. */
  @Benchmark
  public final List<Member> decode() throws IOException {
    MsgpackReader reader =
        new MsgpackReader(new ByteArrayInputStream(answer), DecodeLimits.DEFAULT);
    reader.beginFrame();
    return MemberDecoder.reply(reader);
  }

  /** Members to a catalog. */
  @Benchmark
  public Catalog catalog() {
    return Catalog.of(members);
  }
}
