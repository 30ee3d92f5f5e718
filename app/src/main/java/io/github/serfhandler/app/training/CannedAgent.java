package io.github.serfhandler.app.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Thread-safe: answers a client on loopback as a Serf agent of three members would, with constant
 * bytes. It understands no request: it looks for the name of a command in the bytes that came, and
 * counts them, for the client sends one request at a time in one write and numbers them from 1.
 */
final class CannedAgent implements AutoCloseable {
  private static final int BACKLOG = 5;

  private final ServerSocket listener;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private CannedAgent(ServerSocket listener) {
    this.listener = listener;
  }

  /** An agent that listens on a free port of loopback. */
  static CannedAgent start() throws IOException {
    CannedAgent agent =
        new CannedAgent(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    agent.inBackground(agent::accept);
    return agent;
  }

  /** Its address, as {@code HOST:PORT}. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private void inBackground(Runnable task) {
    Thread thread = new Thread(task, "canned-agent");
    thread.setDaemon(true);
    thread.start();
    synchronized (threads) {
      threads.add(thread);
    }
  }

  private void accept() {
    while (!closed.get()) {
      try {
        Socket socket = listener.accept();
        inBackground(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or nothing more can be answered: the client finds out.
        closed.set(true);
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] request = new byte[8192];
      int sequence = 0;
      for (int count = in.read(request); count > 0; count = in.read(request)) {
        sequence++;
        String text = new String(request, 0, count, StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(reply(text, sequence));
      }
    } catch (IOException e) {
      // The client went away, which is how each conversation ends.
      return;
    }
  }

  private static byte[] reply(String request, int sequence) {
    Bytes out = new Bytes();
    header(out, sequence);
    if (request.contains("members")) {
      out.map(1).text("Members").array(3);
      for (int i = 0; i < 3; i++) {
        member(out, i);
      }
    } else if (request.contains("query")) {
      // A record of its own, which has the header once more.
      header(out, sequence);
      out.map(3).text("Type").text("done").text("From").text("").text("Payload").nothing();
    } else if (request.contains("stats")) {
      out.map(3).text("agent").map(1).text("name").text("node0");
      out.text("serf").map(4).text("members").text("3").text("failed").text("0");
      out.text("left").text("0").text("member_time").text("3");
      out.text("tags").map(1).text("role").text("web");
    }
    return out.bytes();
  }

  private static void header(Bytes out, int sequence) {
    out.map(2).text("Error").text("").text("Seq").number(sequence);
  }

  private static void member(Bytes out, int i) {
    out.map(11).text("Name").text("node" + i).text("Addr").address(127, 0, 0, 1 + i);
    out.text("Port").number(7946);
    out.text("Tags").map(5).text("role").text("web:mysql").text("products").text("p");
    out.text("p.service_type").text("web").text("p.web.service_port").text("80");
    out.text("svc").text("p/mysql:3306").text("Status").text("alive");
    for (String versions : List.of("Protocol", "Delegate")) {
      for (String end : List.of("Min", "Max", "Cur")) {
        out.text(versions + end).number(5);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed.set(true);
    listener.close();
  }

  /** Confined to one thread: msgpack of short texts, small maps and small numbers. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes map(int entries) {
      out.write(0x80 | entries);
      return this;
    }

    Bytes array(int values) {
      out.write(0x90 | values);
      return this;
    }

    Bytes text(String text) {
      out.write(0xa0 | text.length());
      out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Bytes nothing() {
      out.write(0xc0);
      return this;
    }

    Bytes number(int value) {
      out.write(0xcd);
      out.write(value >> 8);
      out.write(value);
      return this;
    }

    Bytes address(int... parts) {
      out.write(0xc4);
      out.write(parts.length);
      for (int part : parts) {
        out.write(part);
      }
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
