package io.github.serfhandler.benchmarks;

import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Real nodes of product {@code p} that run {@code agent}, further ones without a product beside
 * which one may watch, and a real etcd, all on loopback. Confined to one thread.
 */
final class EtcdFleet implements AutoCloseable {
  private static final long LOOK_NANOS = 1_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Path folder;
  private final SerfCluster serf = SerfCluster.create();
  private final EtcdNode etcd;
  private final List<SerfNode> coordinators = new ArrayList<>();
  private final List<Path> confs = new ArrayList<>();
  private final List<Program> agents = new ArrayList<>();
  private final List<Program> watchers = new ArrayList<>();

  /** Works in {@code folder}, which it makes; starts nothing yet. */
  EtcdFleet(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
    this.etcd = EtcdNode.in(Files.createDirectory(folder.resolve("store")));
  }

  /**
   * Starts all but who watches.
   *
   * @param profile Serf's: {@code lan}, its default, or {@code local}
   * @param nodes how many nodes of the product
   * @param others how many nodes without one
   */
  void start(String profile, int nodes, int others) throws IOException {
    etcd.restart();
    List<SerfOptions> options = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      options.add(SerfOptions.named("node" + i).withProfile(profile).withTag("products", "p"));
    }
    for (int i = 1; i <= others; i++) {
      options.add(SerfOptions.named("coordinator" + i).withProfile(profile));
    }
    List<SerfNode> started = serf.startJoined(options);
    coordinators.addAll(started.subList(nodes, started.size()));
    for (SerfNode node : started.subList(0, nodes)) {
      Path conf = folder.resolve(node.name());
      confs.add(conf);
      agents.add(
          Program.start(folder, "agent", "--rpc-addr=" + node.rpcAddr(), "--conf-dir=" + conf));
    }
  }

  EtcdNode etcd() {
    return etcd;
  }

  /** The running {@code agent} of the first node. */
  Program agent() {
    return agents.get(0);
  }

  int nodes() {
    return confs.size();
  }

  /** Options by which {@code watch etcd} finds the etcd. */
  String endpoints() {
    return "--endpoints=" + etcd.endpoint();
  }

  /**
   * Starts {@code watch ARGS} beside the next node without a product, and waits for its listing.
   */
  Watcher watch(String... args) throws IOException {
    SerfNode node = coordinators.get(watchers.size() % coordinators.size());
    Path conf = folder.resolve("watch" + watchers.size());
    List<String> all = new ArrayList<>(List.of("watch"));
    all.addAll(List.of(args));
    all.addAll(List.of("--rpc-addr=" + node.rpcAddr(), "--conf-dir=" + conf));
    Program program = Program.start(folder, all.toArray(new String[0]));
    watchers.add(program);
    Watcher watcher = new Watcher(program, conf);
    long begin = System.nanoTime();
    while (watcher.counter("listings") == 0) {
      program.check();
      late(begin, "no listing of " + String.join(" ", args));
      LockSupport.parkNanos(20 * LOOK_NANOS);
    }
    return watcher;
  }

  /**
   * A running {@code watch}.
   *
   * @param conf its configuration directory
   */
  record Watcher(Program program, Path conf) {
    /** What it counts of what its store told; written down every 2 s. */
    long counter(String name) throws IOException {
      Optional<JsonObject> row =
          status().map(s -> s.required("sources").asArray().elements().get(0).asObject());
      return row.isEmpty() ? 0 : row.get().required(name).asLong();
    }

    /** How many messages it has sent. */
    long sent() throws IOException {
      return status().map(s -> s.required("sent").asLong()).orElse(0L);
    }

    /** The store's revision as far as it has been told; written down every 2 s. */
    long revision() throws IOException {
      return json("watch/etcd.json").map(s -> s.required("revision").asLong()).orElse(0L);
    }

    private Optional<JsonObject> status() throws IOException {
      return json("watch.json");
    }

    private Optional<JsonObject> json(String name) throws IOException {
      Path file = conf.resolve(".serf-handler").resolve(name);
      return Files.exists(file)
          ? Optional.of(JsonValue.parse(Files.readAllBytes(file)).asObject())
          : Optional.empty();
    }
  }

  /**
   * Waits until a text stands in the file of a key on every node, and looks each millisecond.
   *
   * @return whether that came, within 60 s
   */
  boolean arrives(String key, String text) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < confs.size(); i++) {
      Path file = confs.get(i).resolve("p").resolve(key + ".json");
      while (!Files.exists(file) || !Files.readString(file).contains(text)) {
        agents.get(i).check();
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
          return false;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return true;
  }

  /** How many user events the cluster has had. */
  long events() {
    SerfClientOptions options =
        SerfClientOptions.builder().address(coordinators.get(0).rpc()).build();
    try (SerfClient client = SerfClient.open(options)) {
      return client.stats().eventTime();
    }
  }

  private static void late(long begin, String what) throws IOException {
    if (System.nanoTime() - begin > PATIENCE_NANOS) {
      throw new IOException(what + " within a minute");
    }
  }

  /** Waits for work on another thread, whose failure is one here. */
  static void done(Future<?> work) throws IOException, InterruptedException {
    try {
      Object unused = work.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    watchers.forEach(Program::close);
    agents.forEach(Program::close);
    serf.close();
    etcd.close();
  }
}
