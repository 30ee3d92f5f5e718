package io.github.serfhandler.peer;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The peer port: offers a {@link Shelf} to all who know the secret. Thread-safe; it has one thread
 * of its own.
 *
 * <p>That thread waits for all connections at once and never for one of them, so that who sends
 * slowly, or not at all, holds nobody up but itself. There are at most 16 connections; where one
 * more comes, one that was answered makes room, or else the one that has not sent its request, or
 * not read anything of its reply, for the longest time; in a reply for a second at least. Each
 * carries one request and one reply, and ends.
 */
public final class PeerServer implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final int BUFFER = 16 * 1024;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 2_000;

  private final ServerLimits limits;
  private final Logger log;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey listening;
  private final InetSocketAddress address;
  private final String port;
  private final Gate gate;
  private final Thread thread;
  private volatile boolean closing;

  // Of the thread alone.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** In the order in which they came. */
  private final List<Connection> connections = new ArrayList<>();

  private boolean acceptFailed;
  private long acceptAt;

  private PeerServer(
      InetSocketAddress address, PeerSecret secret, Shelf shelf, Logger log, ServerLimits limits)
      throws IOException {
    this.limits = limits;
    this.log = log;
    this.selector = Selector.open();
    try {
      this.listener = ServerSocketChannel.open();
      try {
        listener.bind(address, BACKLOG);
        listener.configureBlocking(false);
        this.listening = listener.register(selector, SelectionKey.OP_ACCEPT);
        this.address = (InetSocketAddress) listener.getLocalAddress();
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      selector.close();
      throw e;
    }
    this.port = "peer port " + PeerClient.text(this.address);
    this.gate = new Gate(new Seal(secret), new Answers(shelf), log, port);
    this.thread = new Thread(this::serve, "peer-port");
    this.thread.setDaemon(true);
  }

  /**
   * Opens the port.
   *
   * @param address where to listen; port 0 stands for any free one
   * @param log is told of strangers, of each address once and of 64 at most, and of faults
   * @throws PeerException where it can not listen there
   */
  public static PeerServer start(
      InetSocketAddress address, PeerSecret secret, Shelf shelf, Logger log) {
    return start(address, secret, shelf, log, ServerLimits.DEFAULT);
  }

  static PeerServer start(
      InetSocketAddress address, PeerSecret secret, Shelf shelf, Logger log, ServerLimits limits) {
    if (address.isUnresolved()) {
      throw PeerException.lasting(
          "cannot open the peer port: " + address.getHostString() + " is no address", null);
    }
    try {
      PeerServer server = new PeerServer(address, secret, shelf, log, limits);
      server.thread.start();
      return server;
    } catch (IOException e) {
      throw PeerException.passing(
          "cannot open the peer port "
              + PeerClient.text(address)
              + ": "
              + e.getMessage()
              + "; give it an address of this machine and a free port",
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** How many requests of peers were answered. */
  public long answered() {
    return gate.answered();
  }

  /** How many requests were refused, since they were not sealed with the secret. */
  public long refused() {
    return gate.refused();
  }

  /**
   * Closes the port, and connections that are not done; takes 2 s at most, however the shelf is.
   */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    try {
      while (!closing) {
        turn();
      }
    } catch (IOException | RuntimeException e) {
      log.log(Level.ERROR, port + ": closed, peers get nothing from this node any more: " + e);
    } finally {
      connections.forEach(Connection::close);
      closeAll();
    }
  }

  private void turn() throws IOException {
    selector.select(waitMillis());
    long now = System.nanoTime();
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof Connection connection) {
        serve(connection, now);
      }
    }
    selector.selectedKeys().clear();
    for (Connection connection : connections) {
      if (connection.deadline() - now <= 0) {
        expire(connection, now);
      }
    }
    connections.removeIf(Connection::isClosed);
    // Last, so that nobody has to make room whose request has arrived.
    accept(now);
  }

  private void serve(Connection connection, long now) {
    try {
      connection.ready(buffer, now);
    } catch (RuntimeException | OutOfMemoryError e) {
      log.log(Level.WARNING, port + ": a request failed, its connection is closed: " + e);
      connection.close();
    }
  }

  private void expire(Connection connection, long now) {
    try {
      connection.expire(now);
    } catch (RuntimeException e) {
      log.log(Level.WARNING, port + ": a late connection is closed: " + e);
      connection.close();
    }
  }

  private void accept(long now) {
    if (acceptFailed && acceptAt - now > 0) {
      return;
    }
    try {
      boolean more = true;
      while (more && hasRoom(now)) {
        // One for one: those who stay get a turn before the next one has to go.
        boolean full = connections.size() >= limits.connections();
        SocketChannel channel = listener.accept();
        more = channel != null && !full;
        if (channel != null) {
          if (full) {
            makeRoom(now);
          }
          add(channel, now);
        }
      }
      acceptFailed = false;
    } catch (IOException e) {
      // As a rule the process has no descriptor left: to try again at once would be a busy loop.
      if (!acceptFailed) {
        log.log(Level.WARNING, port + ": cannot take connections: " + e.getMessage());
      }
      acceptFailed = true;
      acceptAt = now + SECOND;
    }
    listening.interestOps(acceptFailed || !hasRoom(now) ? 0 : SelectionKey.OP_ACCEPT);
  }

  private void add(SocketChannel channel, long now) {
    try {
      connections.add(Connection.of(channel, selector, gate, limits, now));
    } catch (IOException e) {
      log.log(Level.DEBUG, port + ": one that connected is gone: " + e.getMessage());
    }
  }

  /** Whether one more can be taken: none that reads its reply has to go for it. */
  private boolean hasRoom(long now) {
    if (connections.size() < limits.connections()) {
      return true;
    }
    for (Connection connection : connections) {
      if (!connection.isServed(now)) {
        return true;
      }
    }
    return false;
  }

  private void makeRoom(long now) {
    Connection leaving = null;
    for (Connection connection : connections) {
      if (!connection.isServed(now) && (leaving == null || goesBefore(connection, leaving))) {
        leaving = connection;
      }
    }
    if (leaving != null) {
      leaving.close();
      connections.remove(leaving);
    }
  }

  private static boolean goesBefore(Connection first, Connection second) {
    if (first.isAnswered() || second.isAnswered()) {
      return !second.isAnswered();
    }
    return first.idleSince() - second.idleSince() < 0;
  }

  /** Until something has to be done though nothing comes; 0 for ever. */
  private long waitMillis() {
    long now = System.nanoTime();
    long next = acceptFailed ? acceptAt - now : Long.MAX_VALUE;
    boolean hasRoom = hasRoom(now);
    for (Connection connection : connections) {
      next = Math.min(next, connection.deadline() - now);
      if (!hasRoom) { // Somebody may wait for it.
        next = Math.min(next, connection.idleSince() + limits.stall().toNanos() - now);
      }
    }
    return next == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next) + 1);
  }

  private void closeAll() {
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      log.log(Level.DEBUG, port + ": closing it: " + e.getMessage());
    }
  }
}
