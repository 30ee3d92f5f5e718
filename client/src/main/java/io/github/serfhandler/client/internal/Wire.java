package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.client.internal.msgpack.MsgpackWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to an agent with handshake and auth done. Confined to one reading and one
 * writing thread at a time, which its owner sees to; {@link #close} may be called by any thread,
 * and ends what the others wait for.
 *
 * <p>Nothing in a reply's header says whether a body follows, so whoever loses track must close:
 * every failure but the agent's own error does so in the owners of this class.
 */
public final class Wire implements AutoCloseable {
  /**
   * A request may take this much. The socket's send buffer is twice that, and a connection has one
   * request under way, so that a write does not block even if the agent reads nothing.
   */
  static final int REQUEST_LIMIT = 64 * 1024;

  private final SerfClientOptions options;
  private final String target;
  private final MsgpackWriter writer = new MsgpackWriter(REQUEST_LIMIT);
  private volatile @Nullable Socket socket;
  private volatile boolean closed;
  private @Nullable DeadlineInput input;
  private @Nullable OutputStream output;
  private @Nullable MsgpackReader reader;
  private long seq;

  /** A connection yet to be opened. */
  public Wire(SerfClientOptions options) {
    this.options = options;
    this.target = Texts.address(options.address());
  }

  /** The agent's address, for messages. */
  String target() {
    return target;
  }

  /** Connects, shakes hands and authenticates, all within the connect timeout and the deadline. */
  public void open(Deadline outer) {
    Deadline deadline = outer.atMost(options.connectTimeout());
    boolean opened = false;
    try {
      connect(deadline);
      greet(deadline);
      opened = true;
    } catch (SerfException e) {
      // Closed by another thread meanwhile, which is no fault of the agent.
      throw closed ? Failures.closed("the connection to the Serf agent at " + target) : e;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private void connect(Deadline deadline) {
    try {
      IOException last = null;
      // The name is looked up at each connect: the agent may have moved.
      for (InetAddress address : InetAddress.getAllByName(options.address().getHostString())) {
        int left = deadline.remainingMillis();
        if (left == 0) {
          break;
        }
        try {
          connect(new InetSocketAddress(address, options.address().getPort()), left);
          return;
        } catch (IOException e) {
          last = e;
        }
      }
      throw last != null ? last : new java.net.SocketTimeoutException("no time left to connect");
    } catch (IOException e) {
      throw Failures.noConnection(target, deadline.timeout(), e);
    }
  }

  @SuppressWarnings("resource") // Kept in the field; close() closes it.
  private void connect(InetSocketAddress address, int timeoutMillis) throws IOException {
    // Straight to the agent; a socket that may go through a proxy reads two files of the JDK first.
    Socket next = new Socket(Proxy.NO_PROXY);
    socket = next;
    try {
      if (closed) {
        throw new IOException("closed");
      }
      next.setTcpNoDelay(true);
      next.setKeepAlive(true);
      next.setSendBufferSize(2 * REQUEST_LIMIT);
      next.connect(address, timeoutMillis);
      DeadlineInput in = new DeadlineInput(next);
      input = in;
      output = next.getOutputStream();
      reader = new MsgpackReader(in, options.limits());
    } catch (IOException e) {
      next.close();
      throw e;
    }
  }

  private void greet(Deadline deadline) {
    Duration timeout = deadline.timeout();
    Command step = Command.HANDSHAKE;
    try {
      send(step, w -> w.map(1).string("Version").integer(1));
      check(step, receive(deadline));
      if (!options.authKey().isEmpty()) {
        // At once: an agent that wants a key rejects other commands without reading their bodies.
        step = Command.AUTH;
        send(step, w -> w.map(1).string("AuthKey").string(options.authKey()));
        check(step, receive(deadline));
      }
    } catch (DeadlineInput.InterruptedReadException e) {
      throw Failures.interrupted(step, target, true);
    } catch (MalformedException e) {
      throw Failures.notSerf(target, reader().glimpse(), e);
    } catch (IOException e) {
      throw Failures.noHandshake(target, timeout, e);
    }
  }

  private void check(Command command, Reply reply) {
    if (reply.failed()) {
      throw AgentErrors.of(command, target, reply.error());
    }
  }

  /** Sends a request with one write; gives its number. */
  public long send(Command command, Body body) throws IOException {
    OutputStream out = output;
    if (out == null) {
      throw new IOException("not connected");
    }
    writer.reset();
    long number = seq + 1;
    writer.map(2).string("Command").string(command.word()).string("Seq").unsigned(number);
    body.write(writer);
    seq = number;
    writer.writeTo(out);
    return number;
  }

  /** How many bytes the last request took. */
  int sent() {
    return writer.size();
  }

  /** Reads the header of the next reply, which must be the one to the last request. */
  public Reply receive(Deadline deadline) throws IOException {
    Reply reply = next(deadline);
    if (reply.seq() != seq) {
      throw new MalformedException("reply " + reply.seq() + " came for request " + seq);
    }
    return reply;
  }

  /** Reads the next header; null waits for it without end. */
  Reply next(@Nullable Deadline deadline) throws IOException {
    MsgpackReader in = reader();
    if (input != null) {
      input.deadline(deadline);
    }
    in.beginFrame();
    long number = 0;
    String error = "";
    int fields = in.map("the header");
    boolean numbered = false;
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of the header")) {
        case "Seq" -> {
          number = in.unsigned("Seq");
          numbered = true;
        }
        case "Error" -> error = in.string("Error");
        default -> in.skip("an unknown field of the header");
      }
    }
    if (!numbered) {
      throw new MalformedException("a header without Seq");
    }
    return new Reply(number, error);
  }

  /** Where the body is read from. */
  public MsgpackReader reader() {
    MsgpackReader in = reader;
    if (in == null) {
      throw new IllegalStateException("not connected");
    }
    return in;
  }

  /** Whether any byte of the reply under way has come. */
  boolean replied() {
    return reader != null && reader.frameBytes() > 0;
  }

  /**
   * Whether the agent has gone, as far as can be told within a millisecond; between commands only.
   */
  boolean stale() {
    return input == null || input.ended();
  }

  @Override
  public void close() {
    closed = true;
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Only the flush of buffered output can fail, and there is no such buffer here.
        throw new UncheckedIOException(e);
      }
    }
  }
}
