package io.github.serfhandler.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * The barest client of Serf's RPC, for tests of agents: it sends what it is told and gives back
 * what comes. Confined to one thread. Reading waits 10 s at most.
 */
public final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final OutputStream out;
  private final MessageUnpacker in;
  private long seq;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = MessagePack.newDefaultUnpacker(socket.getInputStream());
  }

  /** Connects and sends nothing. */
  public static RawClient connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address, TIMEOUT_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects, shakes hands, and authenticates if there is a key. */
  public static RawClient open(InetSocketAddress address, @Nullable String authKey)
      throws IOException {
    RawClient client = connect(address);
    try {
      client.must("handshake", Wire.map("Version", 1));
      if (authKey != null) {
        client.must("auth", Wire.map("AuthKey", authKey));
      }
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  /** Sends a request without a body; gives its sequence number. */
  public long send(String command) throws IOException {
    return write(Wire.encode(Wire.map("Command", command, "Seq", ++seq)));
  }

  /** Sends a request with a body; gives its sequence number. */
  public long send(String command, @Nullable Object body) throws IOException {
    return write(Wire.encode(Wire.map("Command", command, "Seq", ++seq), body));
  }

  /** Sends bytes as they are. */
  public void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /**
   * Reads one value, which must be a map.
   *
   * @throws IOException at the end of the connection, or when nothing comes for 10 s
   */
  @SuppressWarnings("unchecked") // Wire gives every map String keys.
  public Map<String, @Nullable Object> read() throws IOException {
    try {
      if (!in.hasNext()) {
        throw new EOFException("the agent closed the connection");
      }
      if (Wire.read(in) instanceof Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
      }
    } catch (MessagePackException e) {
      throw new IOException("the agent sent a part of a value, or none at all", e);
    }
    throw new IOException("the agent sent something else than a map");
  }

  /** Asks a command that has a body in its answer, and gives that body. */
  public Map<String, @Nullable Object> ask(String command) throws IOException {
    send(command);
    check(command, read());
    return read();
  }

  /** Sends a command whose answer has no body. */
  public void must(String command, @Nullable Object body) throws IOException {
    send(command, body);
    check(command, read());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private long write(byte[] bytes) throws IOException {
    raw(bytes);
    return seq;
  }

  private static void check(String command, Map<String, @Nullable Object> header)
      throws IOException {
    String error = Objects.toString(header.get("Error"), "");
    if (!error.isEmpty()) {
      throw new IOException(command + ": " + error);
    }
  }
}
