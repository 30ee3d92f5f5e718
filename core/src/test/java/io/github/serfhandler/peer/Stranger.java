package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** Sends bytes to a peer port, and reads what comes back. */
final class Stranger {
  static final String FORBIDDEN =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private Stranger() {}

  /** All that it answers until it closes. */
  static String send(InetSocketAddress port, byte[] bytes) throws IOException {
    return send(port, bytes, InetAddress.getLoopbackAddress());
  }

  static String send(InetSocketAddress port, byte[] bytes, InetAddress from) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(20_000);
      socket.connect(port);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** All that is answered to one that hangs: the port has to end it. */
  static String rest(Socket hanging) throws IOException {
    return new String(hanging.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Sends bytes and then nothing more. */
  static Socket hang(InetSocketAddress port, byte[] bytes) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.setReceiveBufferSize(2_048);
    socket.connect(port);
    socket.getOutputStream().write(bytes);
    return socket;
  }

  static byte[] post(byte[] body) {
    byte[] head =
        ("POST /v1 HTTP/1.1\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1);
    byte[] out = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, out, head.length, body.length);
    return out;
  }
}
