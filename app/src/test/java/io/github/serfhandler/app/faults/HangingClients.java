package io.github.serfhandler.app.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.peer.Download;
import io.github.serfhandler.peer.Held;
import io.github.serfhandler.peer.PeerClient;
import io.github.serfhandler.peer.PeerException;
import io.github.serfhandler.peer.PeerSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients of a peer port that hang there: they send nothing, half a request, a whole one that is
 * not sealed, or a sealed one whose reply they never read; confined to the test.
 */
final class HangingClients implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)\r\n");
  private static final String HEAD = "POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n";

  private static final int NEVER_READS = 3;

  /** Half of the port's places: nobody can tell of these whether they are kept. */
  private static final int MOST_NEVER_READ = 8;

  private final InetSocketAddress port;
  private final byte[] sealed;
  private final List<Client> clients = new ArrayList<>();
  private int next;
  private int neverRead;

  private record Client(SocketChannel channel, ByteBuffer unsent, boolean neverReads) {}

  /** None yet. */
  HangingClients(InetSocketAddress port, byte[] sealed) {
    this.port = port;
    this.sealed = sealed;
  }

  /**
   * A sealed request for a content, as a node sends it: one that listens in the place of a peer
   * takes it down. The port answers it whoever sends it.
   */
  static byte[] sealedRequest(PeerSecret secret, ConfigUpdate held) {
    long size = held.content().orElseThrow().compact().length();
    Download download =
        new Download(held.product(), held.key(), new Held(held.revision(), Optional.empty(), size));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress peer = (InetSocketAddress) listener.getLocalSocketAddress();
      Thread asks = new Thread(() -> ask(secret, peer, download), "asks-a-peer");
      asks.setDaemon(true);
      asks.start();
      try (Socket socket = listener.accept()) {
        return request(socket.getInputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(PeerSecret secret, InetSocketAddress peer, Download download) {
    try {
      byte[] unused = new PeerClient(secret).fetch(peer, download);
    } catch (PeerException e) {
      return; // Nobody answers it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!all.toString(US_ASCII).endsWith("\r\n\r\n")) {
      byte[] one = in.readNBytes(1);
      if (one.length == 0) {
        throw new IOException("no whole request: " + all.toString(US_ASCII));
      }
      all.writeBytes(one);
    }
    Matcher length = LENGTH.matcher(all.toString(US_ASCII));
    if (!length.find()) {
      throw new IOException("no length in " + all.toString(US_ASCII));
    }
    all.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
    return all.toByteArray();
  }

  /** So many more, of each kind in turn; of those that never read there are only so many. */
  void add(int count) {
    try {
      for (int i = 0; i < count; i++) {
        int kind = next++ % (neverRead < MOST_NEVER_READ ? 4 : 3);
        neverRead += kind == NEVER_READS ? 1 : 0;
        SocketChannel channel = SocketChannel.open();
        // Where the port's backlog is full this one waits in it or is refused later.
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
        boolean unused = channel.connect(port);
        clients.add(new Client(channel, ByteBuffer.wrap(sent(kind)), kind == NEVER_READS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int unused = open();
  }

  private byte[] sent(int kind) {
    return switch (kind) {
      case 0 -> new byte[0];
      case 1 -> HEAD.getBytes(US_ASCII);
      case 2 -> (HEAD + "\r\n" + "x".repeat(1000)).getBytes(US_ASCII);
      default -> sealed;
    };
  }

  /**
   * How many are connected and have no answer, but for those that never read: nobody can tell of
   * them without reading. Who has just connected sends what it sends.
   */
  int open() {
    return (int) clients.stream().filter(HangingClients::isOpen).count();
  }

  private static boolean isOpen(Client client) {
    try {
      if (!client.channel().finishConnect()) {
        return false;
      }
      if (client.unsent().hasRemaining()) {
        int unused = client.channel().write(client.unsent());
      }
      return !client.neverReads() && client.channel().read(ByteBuffer.allocate(4096)) == 0;
    } catch (IOException e) {
      return false; // Reset: it had to go.
    }
  }

  /** How many there were. */
  int count() {
    return clients.size();
  }

  /** How many of those that never read have a reply waiting for them: looks, at their end. */
  long unread() {
    return clients.stream().filter(Client::neverReads).filter(HangingClients::isAnswered).count();
  }

  private static boolean isAnswered(Client client) {
    ByteBuffer start = ByteBuffer.allocate(15);
    try {
      if (!client.channel().finishConnect()) {
        return false;
      }
      int unused = client.channel().read(start);
    } catch (IOException e) {
      return false; // It had to go before it was answered.
    }
    return new String(start.array(), US_ASCII).equals("HTTP/1.1 200 OK");
  }

  @Override
  public void close() {
    for (Client client : clients) {
      try {
        client.channel().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
