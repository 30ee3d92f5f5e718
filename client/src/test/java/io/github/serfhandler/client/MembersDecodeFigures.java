package io.github.serfhandler.client;

import io.github.serfhandler.client.internal.MemberDecoder;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prints what it costs to decode the members of a big cluster; no test. */
final class MembersDecodeFigures {
  private static final int ROUNDS = 40;

  private MembersDecodeFigures() {}

  public static void main(String[] args) throws IOException {
    int members = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    byte[] reply = reply(members);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] nanos = new long[ROUNDS];
    long allocated = 0;
    int seen = 0;
    for (int i = 0; i < ROUNDS; i++) {
      MsgpackReader reader =
          new MsgpackReader(new ByteArrayInputStream(reply), DecodeLimits.DEFAULT);
      reader.beginFrame();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      seen += MemberDecoder.reply(reader).size();
      nanos[i] = System.nanoTime() - start;
      allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
    }
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        "%d members, %d bytes: first %.1f ms, median %.1f ms, %.1f MiB allocated, retained %.1f MiB (%d)%n",
        members,
        reply.length,
        first / 1e6,
        nanos[ROUNDS / 2] / 1e6,
        allocated / 1048576.0,
        retained(reply) / 1048576.0,
        seen);
  }

  private static long retained(byte[] reply) throws IOException {
    List<List<Member>> kept = new ArrayList<>();
    long before = used();
    for (int i = 0; i < 4; i++) {
      MsgpackReader reader =
          new MsgpackReader(new ByteArrayInputStream(reply), DecodeLimits.DEFAULT);
      reader.beginFrame();
      kept.add(MemberDecoder.reply(reader));
    }
    return (used() - before) / kept.size();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static byte[] reply(int members) {
    List<Map<String, ?>> maps = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      maps.add(
          FakeMember.named("node-" + i + ".example")
              .withAddr("10.0." + (i >> 8 & 255) + "." + (i & 255))
              .withTag("role", i % 3 == 0 ? "web:mysql" : "web")
              .withTag("products", "product" + i % 50)
              .withTag("product" + i % 50 + ".service_type", "mysql:web")
              .withTag("product" + i % 50 + ".mysql.service_port", "3306")
              .withTag("product" + i % 50 + ".web.service_port", String.valueOf(8000 + i % 100))
              .withTag("version", "1.2." + i % 7)
              .toMap());
    }
    return Wire.encode(Wire.map("Members", maps));
  }
}
