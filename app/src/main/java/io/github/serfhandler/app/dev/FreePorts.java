package io.github.serfhandler.app.dev;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Stateless: finds ports that nobody uses, below the range that the system takes for outgoing
 * connections (from 32768 on Linux), where a port can be taken at any moment.
 */
final class FreePorts {
  private static final int EPHEMERAL = 32768;
  private static final int TRIES = 200;

  private FreePorts() {}

  /**
   * The first address at or above a port that is free for TCP and UDP.
   *
   * @throws IOException when 200 ports in a row are taken
   */
  static InetSocketAddress atOrAbove(InetAddress host, int port) throws IOException {
    int first = port < 1024 || port > EPHEMERAL - TRIES ? 7374 : port;
    for (int candidate = first; candidate < first + TRIES; candidate++) {
      InetSocketAddress address = new InetSocketAddress(host, candidate);
      if (isFree(address)) {
        return address;
      }
    }
    throw new IOException(
        host.getHostAddress() + ": ports " + first + " to " + (first + TRIES - 1) + " are taken");
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.setReuseAddress(true);
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException e) {
      // Taken, or not ours to use: the caller tries the next one.
      return false;
    }
  }
}
