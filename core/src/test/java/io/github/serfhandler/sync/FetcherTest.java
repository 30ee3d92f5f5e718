package io.github.serfhandler.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import io.github.serfhandler.config.Announcement;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.peer.Held;
import io.github.serfhandler.peer.PeerSecret;
import io.github.serfhandler.peer.PeerServer;
import io.github.serfhandler.peer.Shelf;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest implements Shelf {
  private static final System.Logger LOG = System.getLogger(FetcherTest.class.getName());
  private static final PeerSecret SECRET = PeerSecret.of("0123456789abcdef");

  private final JsonObject content = JsonObject.builder().put("text", JsonValue.of("x")).build();
  private final ConfigUpdate update =
      new ConfigUpdate("shop", "db", 3, Optional.of(content), Optional.empty());

  @Test
  void triesAgainWhereThisNodeCouldNotTakeIt(@TempDir Path confDir) throws Exception {
    ConfigStore store = store(confDir);
    AtomicInteger tries = new AtomicInteger();
    Replica replica =
        new Replica(
            store,
            Trust.EVERYONE,
            one -> {
              if (tries.incrementAndGet() == 1) {
                throw new UncheckedIOException(new IOException("no space left"));
              }
              return Optional.empty();
            });
    try (PeerServer server = server();
        Fetcher fetcher = new Fetcher(replica, SECRET, new Random(1), LOG)) {
      fetcher.peers(Peers.of(List.of(member(server.address())), "self"), 0);
      fetcher.fetch(announcement());
      await().until(() -> store.record("shop", "db").isPresent());
      assertThat(tries).hasValue(2);
      assertThat(fetcher.failures()).isZero();
    }
  }

  @Test
  void fetchesWhatNobodyServedWhenAPeerAppears(@TempDir Path confDir) throws Exception {
    ConfigStore store = store(confDir);
    Replica replica = new Replica(store, Trust.EVERYONE, one -> Optional.empty());
    try (PeerServer server = server();
        Fetcher fetcher = new Fetcher(replica, SECRET, new Random(1), LOG, 0)) {
      fetcher.peers(Peers.NONE, 0);
      fetcher.fetch(announcement());
      await().until(() -> fetcher.failures() == 1);
      Peers served = Peers.of(List.of(member(server.address())), "self");
      fetcher.peers(served, 0);
      await().until(() -> store.record("shop", "db").isPresent());
      assertThat(fetcher.fetched()).isEqualTo(1);
    }
  }

  @Test
  void fetchesAllOfOneHolderThatAppearsThoughFewWaitAtOnce(@TempDir Path confDir) throws Exception {
    ConfigStore store = store(confDir);
    Replica replica = new Replica(store, Trust.EVERYONE, one -> Optional.empty());
    int keys = 20;
    try (PeerServer server = server();
        Fetcher fetcher = new Fetcher(replica, SECRET, new Random(1), LOG, 0)) {
      for (int key = 0; key < keys; key++) {
        int before = key;
        fetcher.fetch(announcement("key" + key));
        await().until(() -> fetcher.failures() > before);
      }
      fetcher.peers(Peers.of(List.of(member(server.address())), "self"), 0);
      await().until(() -> fetcher.fetched() == keys);
      for (int key = 0; key < keys; key++) {
        assertThat(store.record("shop", "key" + key)).isPresent();
      }
    }
  }

  private static ConfigStore store(Path confDir) {
    FileStore files = new FileStore(Clock.systemUTC(), notice -> {});
    return new ConfigStore(confDir, files, Clock.systemUTC(), 0, notice -> {});
  }

  private Announcement announcement() {
    return announcement("db");
  }

  private Announcement announcement(String key) {
    return new Announcement(
        "shop", key, update.revision(), content.canonical().length, Optional.empty(), "a");
  }

  private PeerServer server() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return PeerServer.start(any, SECRET, this, LOG);
  }

  private static Member member(InetSocketAddress address) {
    return new Member(
        "a",
        address.getAddress(),
        7946,
        Map.of("config_peer", Integer.toString(address.getPort()), "products", "shop"),
        MemberStatus.ALIVE,
        ProtocolVersions.UNKNOWN);
  }

  @Override
  public Set<String> products() {
    return Set.of("shop");
  }

  @Override
  public SortedMap<String, Held> held(String product) {
    Held held = new Held(update.revision(), Optional.empty(), content.canonical().length);
    return new TreeMap<>(Map.of("db", held));
  }

  @Override
  public Optional<byte[]> content(String product, String key, Revision revision) {
    return Optional.of(content.canonical());
  }
}
