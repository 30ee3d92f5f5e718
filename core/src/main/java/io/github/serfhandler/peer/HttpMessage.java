package io.github.serfhandler.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One HTTP/1.1 message while it arrives: a head of up to 4 KiB, and a body whose length the head
 * must tell. Takes no more memory than the limits say. Confined to one thread.
 */
final class HttpMessage {
  static final int MAX_HEAD = 4 * 1024;

  private static final String LENGTH = "content-length:";
  private static final String CODING = "transfer-encoding:";

  private final int maxBody;
  private byte[] head = new byte[256];
  private int headLength;
  private byte[] body = {};
  private int bodyLength;
  private State state = State.HEAD;

  private enum State {
    HEAD,
    BODY,
    COMPLETE,
    BROKEN
  }

  /**
   * A message.
   *
   * @param maxBody the longest body that is taken
   */
  HttpMessage(int maxBody) {
    this.maxBody = maxBody;
  }

  /** Takes the bytes that arrived, up to the end of the message. */
  void take(ByteBuffer in) {
    while (state == State.HEAD && in.hasRemaining()) {
      takeHead(in.get());
    }
    if (state == State.BODY) {
      int count = Math.min(in.remaining(), body.length - bodyLength);
      in.get(body, bodyLength, count);
      bodyLength += count;
      if (bodyLength == body.length) {
        state = State.COMPLETE;
      }
    }
  }

  /** Whether it is all there. */
  boolean isComplete() {
    return state == State.COMPLETE;
  }

  /** Whether it can not become a message that is taken, whatever follows. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** The first line, of a complete one. */
  String firstLine() {
    String text = headText();
    return text.substring(0, text.indexOf("\r\n"));
  }

  /** The body of a complete one. */
  byte[] body() {
    return body;
  }

  private void takeHead(byte b) {
    if (headLength == MAX_HEAD || (b < ' ' && b != '\r' && b != '\n' && b != '\t')) {
      state = State.BROKEN;
      return;
    }
    if (headLength == head.length) {
      head = Arrays.copyOf(head, Math.min(MAX_HEAD, head.length * 2));
    }
    head[headLength++] = b;
    if (b == '\n' && endsHead()) {
      int length = bodyLength(headText());
      state = length < 0 || length > maxBody ? State.BROKEN : State.BODY;
      body = state == State.BODY ? new byte[length] : body;
    }
  }

  private boolean endsHead() {
    return headLength >= 4
        && head[headLength - 2] == '\r'
        && head[headLength - 3] == '\n'
        && head[headLength - 4] == '\r';
  }

  private String headText() {
    return new String(head, 0, headLength, StandardCharsets.US_ASCII);
  }

  /** What the head tells of the body's length; -1 where it tells none, two, or nonsense. */
  private static int bodyLength(String head) {
    int length = -1;
    for (String line : head.split("\r\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith(CODING)) {
        return -1;
      }
      if (lower.startsWith(LENGTH)) {
        if (length >= 0) {
          return -1;
        }
        length = number(lower.substring(LENGTH.length()).strip());
        if (length < 0) {
          return -1;
        }
      }
    }
    return length;
  }

  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 8) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
