package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that does what a test says: one connection after the other, on a thread of its own. */
final class ScriptedPeer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final Thread thread;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  /** What becomes of a request. */
  interface Script {
    /**
     * Answers; the connection is closed afterwards.
     *
     * @param number 1 for the first
     */
    void answer(int number, byte[] sealedRequest, OutputStream out)
        throws IOException, InterruptedException;
  }

  private ScriptedPeer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.thread = new Thread(this::serve, "scripted-peer");
    thread.setDaemon(true);
  }

  static ScriptedPeer start(Script script) throws IOException {
    ScriptedPeer peer = new ScriptedPeer(script);
    peer.thread.start();
    return peer;
  }

  /** An honest one that knows the secret, but for what the change makes of its replies. */
  static ScriptedPeer lying(PeerSecret secret, Shelf shelf, Lie lie) throws IOException {
    Seal seal = new Seal(secret);
    Answers answers = new Answers(shelf);
    return start(
        (number, request, out) -> {
          byte[] question = seal.openRequest(request).orElseThrow();
          Reply reply = lie.change(number, question(question), answers.answer(question));
          out.write(http(seal.reply(reply.bytes(), request)));
        });
  }

  private static Question question(byte[] bytes) throws IOException {
    try {
      return Question.parse(bytes);
    } catch (RefusedQuestion e) {
      throw new IOException(e);
    }
  }

  /** What a lying peer says instead of the truth. */
  interface Lie {
    Reply change(int number, Question question, Reply truth) throws IOException;
  }

  static byte[] http(byte[] body) {
    byte[] head =
        ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  int requests() {
    return requests.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        HttpMessage request = new HttpMessage(Question.MAX_BYTES + Seal.OVERHEAD);
        byte[] buffer = new byte[1024];
        while (!request.isComplete()) {
          int count = socket.getInputStream().read(buffer);
          if (count < 0) {
            throw new IOException("no request");
          }
          request.take(ByteBuffer.wrap(buffer, 0, count));
        }
        script.answer(requests.incrementAndGet(), request.body(), socket.getOutputStream());
      } catch (IOException e) {
        // The test's client has enough, or the test is over.
        lost.incrementAndGet();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      thread.interrupt();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
