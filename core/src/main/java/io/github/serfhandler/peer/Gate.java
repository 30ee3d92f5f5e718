package io.github.serfhandler.peer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides who is answered. A request that is not sealed with the secret gets a 403 without a body,
 * whatever is wrong with it. Confined to the server's thread, but for the counters.
 */
final class Gate {
  static final String REQUEST_LINE = "POST /v1 HTTP/1.1";

  private static final int MAX_PROBLEM = 200;

  private static final byte[] FORBIDDEN =
      ascii("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

  private final Seal seal;
  private final Answers answers;
  private final Logger log;
  private final String port;
  private final Strangers strangers;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private String lastProblem = "";

  Gate(Seal seal, Answers answers, Logger log, String port) {
    this.seal = seal;
    this.answers = answers;
    this.log = log;
    this.port = port;
    this.strangers = new Strangers(log, port);
  }

  /** How many requests were answered; from any thread. */
  long answered() {
    return answered.get();
  }

  /** How many requests were refused; from any thread. */
  long refused() {
    return refused.get();
  }

  /** The HTTP reply to a complete request. */
  ByteBuffer answer(HttpMessage request, InetAddress from) {
    Optional<byte[]> question =
        request.firstLine().equals(REQUEST_LINE)
            ? seal.openRequest(request.body())
            : Optional.empty();
    if (question.isEmpty()) {
      return refuse(from);
    }
    byte[] body = seal.reply(reply(question.get()).bytes(), request.body());
    byte[] head =
        ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n");
    answered.incrementAndGet();
    ByteBuffer out = ByteBuffer.allocate(head.length + body.length);
    return out.put(head).put(body).flip();
  }

  /** The HTTP reply to one who does not know the secret. */
  ByteBuffer refuse(InetAddress from) {
    refused.incrementAndGet();
    strangers.refused(from);
    return ByteBuffer.wrap(FORBIDDEN).asReadOnlyBuffer();
  }

  private Reply reply(byte[] question) {
    try {
      Reply reply = answers.answer(question);
      lastProblem = "";
      return reply;
    } catch (RuntimeException e) {
      tell(e);
      return Reply.of(Fault.SHELF);
    }
  }

  /** Tells of a fault of the shelf, once while it stays the same. */
  private void tell(RuntimeException e) {
    String text = e.toString();
    String problem = text.length() > MAX_PROBLEM ? text.substring(0, MAX_PROBLEM) : text;
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      log.log(
          Level.WARNING,
          port + ": cannot read what this node holds, so that its peers get nothing: " + problem);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
