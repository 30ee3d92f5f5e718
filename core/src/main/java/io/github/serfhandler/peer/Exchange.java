package io.github.serfhandler.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One request to a peer and its reply, over a connection of its own. Confined to one thread, which
 * an interrupt frees at once. Its messages are reasons only.
 */
final class Exchange {
  private static final int WINDOW = 16 * 1024;

  private final PeerLimits limits;
  private final HttpMessage reply;
  private final long start = System.nanoTime();

  private Exchange(PeerLimits limits, int maxReply) {
    this.limits = limits;
    this.reply = new HttpMessage(maxReply);
  }

  /**
   * Sends a request and waits for the whole reply.
   *
   * @param maxReply the longest body of a reply that is taken
   * @throws SocketTimeoutException where it takes longer than the limits
   * @throws MalformedReply where what comes is no reply, or one that is too long
   * @throws IOException where there is no connection, or it ends before the reply
   */
  static HttpMessage post(InetSocketAddress peer, byte[] body, int maxReply, PeerLimits limits)
      throws IOException, InterruptedException {
    Exchange exchange = new Exchange(limits, maxReply);
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      exchange.connect(channel, peer, selector);
      exchange.send(channel, request(peer, body), key);
      exchange.receive(channel, key);
    }
    return exchange.reply;
  }

  /** A peer answers something else than HTTP with a body of a bounded length. */
  static final class MalformedReply extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReply() {
      super("what it answers is no reply of a peer port");
    }
  }

  private void connect(SocketChannel channel, InetSocketAddress peer, Selector selector)
      throws IOException, InterruptedException {
    boolean connected = channel.connect(peer);
    while (!connected) {
      await(selector, limits.connect(), "it takes no connection");
      connected = channel.finishConnect();
    }
  }

  private void send(SocketChannel channel, ByteBuffer request, SelectionKey key)
      throws IOException, InterruptedException {
    key.interestOps(SelectionKey.OP_WRITE);
    int end = request.limit();
    while (request.hasRemaining()) {
      request.limit(Math.min(end, request.position() + WINDOW));
      int count = channel.write(request);
      request.limit(end);
      if (count == 0) {
        await(key.selector(), limits.request(), "it does not read the request");
      }
    }
  }

  private void receive(SocketChannel channel, SelectionKey key)
      throws IOException, InterruptedException {
    key.interestOps(SelectionKey.OP_READ);
    ByteBuffer buffer = ByteBuffer.allocate(WINDOW);
    while (!reply.isComplete()) {
      await(key.selector(), limits.request(), "there is no whole answer");
      int count = channel.read(buffer.clear());
      if (count < 0) {
        throw new EOFException("it closed the connection before the end of its answer");
      }
      reply.take(buffer.flip());
      if (reply.isBroken()) {
        throw new MalformedReply();
      }
    }
  }

  /** Waits until the channel is ready, or what is too slow has taken that long from the start. */
  private void await(Selector selector, Duration limit, String problem)
      throws IOException, InterruptedException {
    long left = limit.toNanos() - (System.nanoTime() - start);
    if (left <= 0) {
      throw new SocketTimeoutException(problem + " within " + limit.toMillis() + " ms");
    }
    selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    selector.selectedKeys().clear();
    if (Thread.interrupted()) {
      throw new InterruptedException("while asking a peer");
    }
  }

  private static ByteBuffer request(InetSocketAddress peer, byte[] body) {
    byte[] head =
        (Gate.REQUEST_LINE
                + "\r\nHost: "
                + PeerClient.text(peer)
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
  }
}
