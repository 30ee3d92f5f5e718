package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A scriptable Serf agent on a real loopback socket; thread-safe.
 *
 * <p>It speaks msgpack by msgpack-core and shares no code with the client, so that it is an
 * independent witness of what goes over the wire. Unscripted it answers every command of Serf's
 * {@code ipc.go} (0.9.4) as a healthy agent of one node {@code fake} would, with the same errors,
 * the same order of checks and the same ends of connections. A test replaces the answer to a
 * command with {@link #on} or {@link #once}, changes the members and pushes records to open
 * streams.
 *
 * <p>Each fake agent has a loopback address of its own with Serf's usual port: no outgoing
 * connection of this machine can take that port while the agent is stopped, and a client that tries
 * to connect meanwhile can never be connected to itself.
 */
public final class FakeAgent implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(2);

  private final LoopbackAddress address = LoopbackAddress.lease();
  private final FakeCluster cluster = new FakeCluster();
  private final Answers answers = new Answers(this);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
  private final List<FakeStream> streams = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-agent-timer");
            thread.setDaemon(true);
            return thread;
          });

  private volatile @Nullable String authKey;
  private volatile WireFormat format = WireFormat.MODERN;

  @GuardedBy("this")
  private @Nullable ServerSocket listener;

  @GuardedBy("this")
  private @Nullable Thread accepting;

  private FakeAgent() {
    members(FakeMember.named("fake"));
  }

  /** A listening agent without an auth key, whose only member is itself, {@code fake}. */
  public static FakeAgent start() {
    FakeAgent agent = new FakeAgent();
    agent.restart();
    return agent;
  }

  /** Where it listens; the same for its whole life. */
  public InetSocketAddress address() {
    return new InetSocketAddress(address.inet(), LoopbackAddress.RPC_PORT);
  }

  /** {@code HOST:PORT}, as an option for the address takes it. */
  public String rpcAddr() {
    return address.host() + ":" + LoopbackAddress.RPC_PORT;
  }

  /** New connections must authenticate with this key; null (the default) for none. */
  public FakeAgent authKey(@Nullable String key) {
    authKey = key;
    return this;
  }

  /** How answers and records are encoded from now on. */
  public FakeAgent format(WireFormat next) {
    format = next;
    return this;
  }

  /** The members from now on; the first is the agent itself, whose tags {@code stats} shows. */
  public FakeAgent members(FakeMember... members) {
    return memberMaps(Records.maps(members));
  }

  /** The members from now on, in whatever shape. */
  public FakeAgent memberMaps(List<Map<String, @Nullable Object>> members) {
    cluster.members(members);
    return this;
  }

  /** A value of the {@code serf} part of {@code stats} that stands whatever the members are. */
  public FakeAgent serfStat(String key, String value) {
    cluster.serfStat(key, value);
    return this;
  }

  /** Every request for this command is answered so, from now on. */
  public FakeAgent on(String command, Answer answer) {
    answers.always(command, answer);
    return this;
  }

  /** The next request for this command is answered so; called again, the one after it. */
  public FakeAgent once(String command, Answer answer) {
    answers.next(command, answer);
    return this;
  }

  /** Forgets the scripts for this command. */
  public FakeAgent reset(String command) {
    answers.reset(command);
    return this;
  }

  /** The next so many connections are closed as soon as they are accepted. */
  public FakeAgent closeAtAccept(int times) {
    refusals.set(times);
    return this;
  }

  /** All the requests so far, in the order of arrival. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** All the requests for this command so far. */
  public List<Request> requests(String command) {
    return requests.stream().filter(r -> r.command().equals(command)).toList();
  }

  /** Waits up to 10 s until so many requests for this command have come, and gives the last. */
  public Request awaitRequest(String command, int count) {
    Awaitility.await("request " + count + " for " + command)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> requests(command).size() >= count);
    return requests(command).get(count - 1);
  }

  /** How many connections were accepted so far, those closed at once included. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int connected() {
    return connections.size();
  }

  /** The streams and monitors that are open. */
  public List<FakeStream> streams() {
    return List.copyOf(streams);
  }

  /** Waits up to 10 s for an open {@code stream} or {@code monitor}, and gives the newest. */
  public FakeStream awaitStream(String command) {
    Awaitility.await("an open " + command)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> streams.stream().anyMatch(s -> s.command().equals(command)));
    List<FakeStream> open = streams.stream().filter(s -> s.command().equals(command)).toList();
    return open.get(open.size() - 1);
  }

  /**
   * Sends a record to every open {@code stream} whose filter takes it, and says to how many. Blocks
   * while a client does not read; passes over a client that is gone.
   */
  public int push(Map<String, @Nullable Object> record) {
    int count = 0;
    for (FakeStream stream : streams) {
      if (stream.command().equals("stream") && EventFilter.accepts(stream.type(), record)) {
        if ("query".equals(record.get("Event")) && record.get("ID") instanceof Number id) {
          stream.connection().expectResponse(id.longValue());
        }
        try {
          stream.send(record);
          count++;
        } catch (UncheckedIOException e) {
          note("a record found no client: " + e.getCause());
        }
      }
    }
    return count;
  }

  /** What the agent would have written to its log: ends of connections and their reasons. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Ends all open connections; new ones are welcome. */
  public void killConnections() {
    connections.forEach(FakeConnection::close);
  }

  /** Ends all connections and listens no more: new ones are refused. */
  public synchronized void stop() {
    ServerSocket open = listener;
    Thread thread = accepting;
    listener = null;
    accepting = null;
    try {
      if (open != null && thread != null) {
        open.close();
        // The kernel goes on listening until the thread has come out of its accept.
        thread.join(PATIENCE.toMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing the listener of the fake agent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killConnections();
  }

  /** Listens again at the same address; members, scripts and the record of requests stay. */
  public synchronized void restart() {
    stop();
    try {
      ServerSocket open = new ServerSocket();
      open.bind(address());
      Thread thread = new Thread(() -> accept(open), "fake-agent-" + rpcAddr());
      thread.setDaemon(true);
      thread.start();
      listener = open;
      accepting = thread;
    } catch (IOException e) {
      throw new UncheckedIOException("the fake agent cannot listen on " + rpcAddr(), e);
    }
  }

  @Override
  public void close() {
    stop();
    timer.shutdownNow();
    address.close();
  }

  Answers answers() {
    return answers;
  }

  FakeCluster cluster() {
    return cluster;
  }

  WireFormat format() {
    return format;
  }

  boolean needsAuth() {
    return authKey != null;
  }

  /** Without a key the empty token is right, as in {@code handleAuth} of ipc.go. */
  boolean isKey(String token) {
    String key = authKey;
    return token.equals(key == null ? "" : key);
  }

  void record(Request request) {
    requests.add(request);
  }

  void note(String line) {
    notes.add(line);
  }

  void forget(FakeConnection connection) {
    // In this order: who waits until nobody is connected finds no stream of before.
    streams.removeIf(stream -> stream.connection() == connection);
    connections.remove(connection);
  }

  void openStream(FakeStream stream) {
    streams.add(stream);
  }

  void closeStream(FakeConnection connection, long seq) {
    streams.removeIf(stream -> stream.connection() == connection && stream.seq() == seq);
  }

  boolean hasMonitor(FakeConnection connection) {
    return streams.stream()
        .anyMatch(s -> s.connection() == connection && s.command().equals("monitor"));
  }

  boolean hasStream(FakeConnection connection, long seq) {
    return streams.stream()
        .anyMatch(
            s -> s.connection() == connection && s.command().equals("stream") && s.seq() == seq);
  }

  void later(long nanos, LateAnswer answer) {
    ScheduledFuture<?> unused =
        timer.schedule(
            () -> {
              try {
                answer.send();
              } catch (IOException e) {
                note("a late answer found no client: " + e);
              }
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /** Something to send when its time has come. */
  interface LateAnswer {
    void send() throws IOException;
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket socket = open.accept();
        if (open.isClosed()) {
          socket.close();
          return;
        }
        FakeConnection connection = new FakeConnection(this, accepted.incrementAndGet(), socket);
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          connection.close();
        } else {
          connections.add(connection);
          connection.start();
        }
      } catch (IOException e) {
        if (!open.isClosed()) {
          note("accepting failed: " + e);
        }
      }
    }
  }
}
