package io.github.serfhandler.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback address (127.x.y.z) that this process alone uses until it is closed; thread-safe.
 *
 * <p>Each process begins at an address that its process id gives, and holds a lock on every address
 * that it takes: a socket that listens on a port which nobody connects to. The ports are Serf's
 * own, and outside of the range that the kernel hands out to outgoing connections.
 */
final class LoopbackAddress implements AutoCloseable {

  static final int RPC_PORT = 7373;
  static final int GOSSIP_PORT = 7946;

  private static final int LOCK_PORT = 7372;
  private static final int TRIES = 2_000;

  /** 127.16.0.0 to 127.239.255.255, but not the addresses that end in 0 or 255. */
  private static final int FIRST = 16 << 16;

  private static final int COUNT = (240 - 16) << 16;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % (COUNT >> 8)) << 8);

  private final InetAddress inet;
  private final ServerSocket lock;

  private LoopbackAddress(InetAddress inet, ServerSocket lock) {
    this.inet = inet;
    this.lock = lock;
  }

  /**
   * Takes an address.
   *
   * @throws IllegalStateException if there is none: something listens on every address
   */
  static LoopbackAddress lease() {
    IOException last = new IOException("no address was tried");
    for (int i = 0; i < TRIES; i++) {
      int host = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if ((host & 0xff) == 0 || (host & 0xff) == 0xff) {
        continue;
      }
      try {
        InetAddress inet = inet(host);
        ServerSocket lock = bound(inet, LOCK_PORT);
        try {
          bound(inet, RPC_PORT).close();
          bound(inet, GOSSIP_PORT).close();
          return new LoopbackAddress(inet, lock);
        } catch (IOException e) {
          lock.close();
          throw e;
        }
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IllegalStateException(
        "no free loopback address: does something listen on port "
            + RPC_PORT
            + " or "
            + GOSSIP_PORT
            + " of all addresses?",
        last);
  }

  InetAddress inet() {
    return inet;
  }

  /** The address as text. */
  String host() {
    return inet.getHostAddress();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("giving back " + host(), e);
    }
  }

  private static InetAddress inet(int host) throws UnknownHostException {
    return InetAddress.getByAddress(
        new byte[] {127, (byte) (host >> 16), (byte) (host >> 8), (byte) host});
  }

  private static ServerSocket bound(InetAddress inet, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(inet, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
