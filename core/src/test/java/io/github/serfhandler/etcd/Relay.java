package io.github.serfhandler.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on, until it is told to swallow what the server says. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
  private final Set<Socket> swallowed = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
    thread(this::accept);
  }

  static Relay to(String host, int port) {
    try {
      return new Relay(
          new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
          new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot relay", e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on the streams of watches that are open say nothing, and stay open. */
  void swallowWatches() {
    swallowed.addAll(watches);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing a relay", e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket();
        sockets.add(near);
        sockets.add(far);
        far.connect(target, 10_000);
        thread(() -> pass(near, far, far));
        thread(() -> pass(far, near, far));
      } catch (IOException e) {
        // The end of it, or of one connection.
        sockets.removeIf(Socket::isClosed);
      }
    }
  }

  /** {@code far} names the connection. */
  private void pass(Socket from, Socket to, Socket far) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String head = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        if (head.startsWith("POST /v3/watch")) {
          watches.add(far);
        }
        if (!(from == far && swallowed.contains(far))) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One side has closed it; the other side is closed by that, too.
      return;
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
