package io.github.serfhandler.benchmarks;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fake agent whose members change at a steady pace: each change moves a service of one member to
 * another port, and {@code stats} tells of it as of a join. Each member is encoded when it changes
 * and not for each answer, so that what is measured is the program and not the fake. Thread-safe.
 */
final class Churn implements AutoCloseable {
  private final FakeAgent fake;
  private final byte[][] members;
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** Members of {@link Fleet}, none of which changes yet. */
  Churn(int size) {
    fake = Fleet.agent(size);
    members = new byte[size][];
    for (int i = 0; i < size; i++) {
      members[i] = Wire.encode(Fleet.member(i).toMap());
    }
    fake.on("stats", x -> x.reply(Fleet.stats(size, changes.get())));
    fake.on("members", x -> x.raw(answer(x.encode(Wire.header(x.request().seq(), "")))));
  }

  String rpcAddr() {
    return fake.rpcAddr();
  }

  /** How often the members were read so far, by whomever. */
  int reads() {
    return reads.get();
  }

  /** How many changes there were so far. */
  int changes() {
    return changes.get();
  }

  /** From now on so many changes a second. */
  void begin(int perSecond) {
    Object unused =
        clock.scheduleAtFixedRate(
            this::change, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
  }

  /** Ends the changes; gives the port of the last one, which the files must come to show. */
  int end() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the changes do not end");
    }
    return port(changes.get());
  }

  private static int port(int change) {
    return 1024 + change % 60_000;
  }

  private void change() {
    int change = changes.incrementAndGet();
    int which = (int) (change * 7919L % members.length);
    Map<String, String> tags = new HashMap<>(Fleet.tags(which));
    tags.put("svc", "product" + which % 10 + "/public:" + port(change));
    FakeMember now = Fleet.member(which).withTags(tags);
    synchronized (members) {
      members[which] = Wire.encode(now.toMap());
    }
  }

  private byte[] answer(byte[] header) {
    reads.incrementAndGet();
    List<byte[]> parts = new ArrayList<>(members.length + 4);
    parts.add(header);
    parts.add(new byte[] {(byte) 0x81}); // A map of one entry.
    parts.add(Wire.encode("Members"));
    parts.add(Wire.claimedArray(members.length));
    synchronized (members) {
      parts.addAll(List.of(members));
    }
    return Wire.concat(parts.toArray(new byte[0][]));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    fake.close();
  }
}
