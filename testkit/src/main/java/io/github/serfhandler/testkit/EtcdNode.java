package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One real etcd on a loopback address of its own with etcd's usual ports, alone in its cluster;
 * thread-safe. Close it: no process stays behind then, nor when the JVM is killed.
 *
 * <p>Waiting is bounded (60 s); what does not happen is an {@link AssertionError} that shows the
 * end of its log.
 */
public final class EtcdNode implements AutoCloseable {
  private static final String SERVES = "embed: ready to serve client requests";
  private static final int CLIENT_PORT = 2379;
  private static final int PEER_PORT = 2380;

  private final Path etcd;
  private final Path etcdctl;
  private final LoopbackAddress address;
  private final Path folder;
  private final ChildLog log;

  @GuardedBy("this")
  private EtcdOptions options = EtcdOptions.DEFAULT;

  @GuardedBy("this")
  private @Nullable GuardedProcess process;

  @GuardedBy("this")
  private Optional<String> user = Optional.empty();

  private EtcdNode(Path folder) {
    this.etcd = Command.find("etcd", "apt-get install -y etcd-server");
    this.etcdctl = Command.find("etcdctl", "apt-get install -y etcd-client");
    this.folder = folder;
    this.address = LoopbackAddress.lease();
    this.log = new ChildLog(folder.resolve("etcd.log"), "etcd", "etcd (" + address.host() + ")");
  }

  /**
   * Takes an address, and starts nothing.
   *
   * @param folder an existing folder, for its data and its log
   */
  public static EtcdNode in(Path folder) {
    return new EtcdNode(folder);
  }

  /** The same, started with the defaults. */
  public static EtcdNode start(Path folder) {
    EtcdNode node = in(folder);
    node.start(EtcdOptions.DEFAULT);
    return node;
  }

  /** Its address as text. */
  public String host() {
    return address.host();
  }

  /** Where its clients connect. */
  public synchronized URI endpoint() {
    return URI.create(options.scheme() + "://" + host() + ":" + CLIENT_PORT);
  }

  /** The process id. */
  public synchronized long pid() {
    return running().pid();
  }

  /** Whether the process is there; a paused one is. */
  public synchronized boolean isRunning() {
    return process != null && process.isRunning();
  }

  /** Starts it and waits until it serves. */
  public void start(EtcdOptions with) {
    synchronized (this) {
      options = with;
    }
    restart();
  }

  /** Starts it again on the same ports and data; one that still runs is killed before. */
  public void restart() {
    int starts = starts();
    launch();
    log.await("it to serve", () -> serves(starts));
  }

  /** SIGTERM; waits for the end of the process. */
  public void stop() {
    end("TERM");
  }

  /** SIGKILL; waits for the end of the process. */
  public void kill() {
    end("KILL");
  }

  /** SIGSTOP; waits until it has reached every thread. Its sockets stay open. */
  public void pause() {
    GuardedProcess pausing;
    synchronized (this) {
      pausing = running();
    }
    pausing.signal("STOP");
    log.await("it to stop", pausing::isStopped);
  }

  /** SIGCONT. */
  public synchronized void resume() {
    running().signal("CONT");
  }

  /** Kills it where it runs, deletes its data, and starts it again on the same ports. */
  public void rebuild() {
    synchronized (this) {
      endProcess();
      user = Optional.empty();
    }
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("deleting the data of etcd", e);
    }
    restart();
  }

  /** Puts a value, with {@code etcdctl put}. */
  public void put(String key, String value) {
    put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts any bytes, with {@code etcdctl put}. */
  public void put(String key, byte[] value) {
    // On standard input it takes what is too long or no text for an argument, but nothing empty.
    String unused =
        value.length == 0 ? ctl("put", "--", key, "") : run(List.of("put", "--", key), value);
  }

  /** Deletes a key, with {@code etcdctl del}. */
  public void delete(String key) {
    String unused = ctl("del", "--", key);
  }

  /** The store's revision. */
  public long revision() {
    String json = ctl("endpoint", "status", "--write-out=json");
    String name = "\"revision\":";
    int start = json.indexOf(name) + name.length();
    int end = start;
    while (Character.isDigit(json.charAt(end))) {
      end++;
    }
    return Long.parseLong(json.substring(start, end));
  }

  /** Forgets all that was before the newest revision. */
  public void compact() {
    String unused = ctl("compact", "--physical", String.valueOf(revision()));
  }

  /** Makes a user {@code root} and asks everybody for a user from now on. */
  public void enableAuth(String rootPassword) {
    addUser("root", rootPassword, "root");
    String unused = ctl("auth", "enable");
    synchronized (this) {
      user = Optional.of("root:" + rootPassword);
    }
  }

  /** Makes a user with one role. */
  public void addUser(String name, String password, String role) {
    String unused = ctl("user", "add", name + ":" + password);
    unused = ctl("user", "grant-role", name, role);
  }

  /** Makes a role, or adds to one; {@code permission} is read, write or readwrite. */
  public void allow(String role, String permission, String prefix) {
    if (!ctl("role", "list").lines().toList().contains(role)) {
      String unused = ctl("role", "add", role);
    }
    String unused = ctl("role", "grant-permission", role, permission, "--prefix=true", prefix);
  }

  /**
   * Runs {@code etcdctl ARGS} of version 2 against it, without a user, and gives what it printed.
   *
   * @see EtcdOptions#withV2
   */
  public String ctlV2(String... args) {
    return runV2(List.of(args), new byte[0]);
  }

  /**
   * Sets any bytes but none at all, with {@code etcdctl set} of version 2.
   *
   * @see EtcdOptions#withV2
   */
  public void setV2(String key, byte[] value) {
    String unused = runV2(List.of("set", "--", key), value);
  }

  private String runV2(List<String> args, byte[] input) {
    List<String> argv = new ArrayList<>(List.of(etcdctl.toString(), "--endpoints=" + endpoint()));
    argv.addAll(args);
    return Command.run(argv, Map.of("ETCDCTL_API", "2"), input);
  }

  /** Runs {@code etcdctl ARGS} of version 3 against it and gives what it printed. */
  public String ctl(String... args) {
    return run(List.of(args), new byte[0]);
  }

  private String run(List<String> args, byte[] input) {
    List<String> argv = new ArrayList<>(List.of(etcdctl.toString()));
    synchronized (this) {
      argv.add("--endpoints=" + endpoint());
      argv.addAll(options.clientFlags());
      user.ifPresent(who -> argv.add("--user=" + who));
    }
    argv.addAll(args);
    return Command.run(argv, Map.of("ETCDCTL_API", "3"), input);
  }

  /** All that it has printed since its first start. */
  public String log() {
    return log.text();
  }

  /** Ends it and gives its address back; its data stays. */
  @Override
  public synchronized void close() {
    endProcess();
    address.close();
  }

  private synchronized void launch() {
    endProcess();
    String peer = "http://" + host() + ":" + PEER_PORT;
    List<String> argv = new ArrayList<>(List.of(etcd.toString(), "--data-dir=" + data()));
    argv.add("--listen-client-urls=" + endpoint());
    argv.add("--advertise-client-urls=" + endpoint());
    argv.add("--listen-peer-urls=" + peer);
    argv.add("--initial-advertise-peer-urls=" + peer);
    argv.add("--initial-cluster=default=" + peer);
    argv.addAll(options.argv());
    process = GuardedProcess.start(argv, folder, log.file());
  }

  private void end(String signal) {
    synchronized (this) {
      running().signal(signal);
    }
    log.await("it to end", () -> !isRunning());
  }

  @GuardedBy("this")
  private void endProcess() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  /** Whether it says so: it listens before it can answer. */
  private boolean serves(int starts) {
    if (!isRunning()) {
      throw new AssertionError("etcd ended at once; " + log.tail());
    }
    return starts() > starts;
  }

  private int starts() {
    return (int) log().lines().filter(line -> line.endsWith(SERVES)).count();
  }

  @GuardedBy("this")
  private GuardedProcess running() {
    if (process == null || !process.isRunning()) {
      throw new IllegalStateException("etcd does not run; " + log.tail());
    }
    return process;
  }

  private Path data() {
    return folder.resolve("data");
  }
}
