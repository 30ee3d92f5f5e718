package io.github.serfhandler.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One who asks, from the first byte of the one request to the end of the one reply. It never waits.
 * Confined to the server's thread.
 */
final class Connection {
  /**
   * The most that is written at once; Java copies it, and keeps that copy's space for the thread.
   */
  private static final int WINDOW = 16 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SelectionKey key;
  private final InetAddress from;
  private final Gate gate;
  private final ServerLimits limits;
  private final HttpMessage request = new HttpMessage(Question.MAX_BYTES + Seal.OVERHEAD);
  private ByteBuffer reply = NOTHING;
  private State state = State.READING;
  private boolean silent = true;
  private long deadline;
  private long idleSince;

  private enum State {
    READING,
    WRITING,
    /** Reads and forgets: to close while something is unread would destroy the reply (RFC 1122). */
    LINGERING,
    CLOSED
  }

  private Connection(
      SocketChannel channel, Selector selector, Gate gate, ServerLimits limits, long now)
      throws IOException {
    this.channel = channel;
    this.gate = gate;
    this.limits = limits;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
    this.deadline = now + limits.request().toNanos();
    this.idleSince = now;
  }

  /**
   * Takes a channel over.
   *
   * @throws IOException where it is closed already
   */
  static Connection of(
      SocketChannel channel, Selector selector, Gate gate, ServerLimits limits, long now)
      throws IOException {
    try {
      return new Connection(channel, selector, gate, limits, now);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** When it has to be done with what it does, by {@link System#nanoTime}. */
  long deadline() {
    return deadline;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Whether it gets its reply, and reads it. */
  boolean isServed(long now) {
    return state == State.WRITING && now - idleSince < limits.stall().toNanos();
  }

  /** Since when it asks, or has read nothing of its reply. */
  long idleSince() {
    return idleSince;
  }

  boolean isAnswered() {
    return state == State.LINGERING;
  }

  /** Does what can be done now. */
  void ready(ByteBuffer buffer, long now) {
    try {
      if (state == State.WRITING) {
        write(now);
      } else if (state != State.CLOSED) {
        read(buffer, now);
      }
    } catch (IOException e) {
      // The asker is gone; it sees that itself.
      close();
    }
  }

  /** Its time is over. */
  void expire(long now) {
    if (state == State.READING && !silent) {
      try {
        reply(gate.refuse(from), now);
      } catch (IOException e) {
        close();
      }
    } else {
      close();
    }
  }

  private void read(ByteBuffer buffer, long now) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (state == State.LINGERING) {
      if (count < 0) {
        close();
      }
      return;
    }
    silent &= count <= 0;
    request.take(buffer.flip());
    if (request.isComplete()) {
      reply(gate.answer(request, from), now);
    } else if (request.isBroken() || (count < 0 && !silent)) {
      reply(gate.refuse(from), now);
    } else if (count < 0) {
      // It only looked whether somebody listens.
      close();
    }
  }

  private void reply(ByteBuffer bytes, long now) throws IOException {
    reply = bytes;
    state = State.WRITING;
    deadline = now + limits.reply().toNanos();
    idleSince = now;
    write(now);
  }

  private void write(long now) throws IOException {
    int end = reply.limit();
    int count;
    do {
      reply.limit(Math.min(end, reply.position() + WINDOW));
      count = channel.write(reply);
      reply.limit(end);
      idleSince = count > 0 ? now : idleSince;
    } while (count > 0 && reply.hasRemaining());
    if (reply.hasRemaining()) {
      key.interestOps(SelectionKey.OP_WRITE);
      return;
    }
    reply = NOTHING;
    state = State.LINGERING;
    deadline = now + limits.linger().toNanos();
    channel.shutdownOutput();
    key.interestOps(SelectionKey.OP_READ);
  }

  void close() {
    state = State.CLOSED;
    reply = NOTHING;
    try {
      channel.close();
    } catch (IOException e) {
      // Closed it is; whether the kernel had a complaint helps nobody.
      key.cancel();
    }
  }
}
