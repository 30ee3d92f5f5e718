package io.github.serfhandler.haproxy;

import io.github.serfhandler.output.LiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Confined to one thread: asks a running HAProxy at its runtime socket. A line of commands goes
 * over a connection of its own, which HAProxy closes after the answer (management guide, 9.3,
 * non-interactive mode). Each answer is bounded in time and size.
 */
final class Dialogue {
  /** The most bytes of an answer. */
  static final int MOST = 16 * 1024 * 1024;

  /** Well below {@code tune.bufsize} (16 KiB by default), which a line of commands must fit. */
  static final int LINE = 4 * 1024;

  private final Path socket;
  private final Duration patience;

  /** At that socket; each line of commands may take so long. */
  Dialogue(Path socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /** What HAProxy answers to one command that reads. */
  String ask(String command) throws LiveException, InterruptedException {
    return exchange(command);
  }

  /**
   * Takes the steps in order.
   *
   * @throws LiveException where HAProxy refuses one; those before it, and at most those of the same
   *     line after it, are done
   */
  void take(List<Step> steps) throws LiveException, InterruptedException {
    int done = 0;
    while (done < steps.size()) {
      StringBuilder line = new StringBuilder(LINE);
      int end = done;
      while (end < steps.size()) {
        String command = steps.get(end).command();
        if (end > done && line.length() + command.length() + 2 > LINE) {
          break;
        }
        line.append(end > done ? ";" : "").append(command);
        end++;
      }
      check(steps.subList(done, end), replies(exchange(line.toString())));
      done = end;
    }
  }

  private void check(List<Step> steps, List<String> replies) throws LiveException {
    for (int i = 0; i < Math.min(steps.size(), replies.size()); i++) {
      Step step = steps.get(i);
      // What it says of an address differs by version; the address is read back instead.
      if (step.kind() != Step.Kind.ADDRESS && !replies.get(i).isEmpty()) {
        throw new LiveException(
            "HAProxy refuses "
                + step.kind()
                + " for "
                + step.server()
                + ": "
                + Text.shown(replies.get(i))
                + "; check that its configuration is the one written by serf-handler");
      }
    }
    if (replies.size() != steps.size()) {
      throw new LiveException(
          "HAProxy answered "
              + replies.size()
              + " of "
              + steps.size()
              + " commands at "
              + socket
              + "; check that the socket is HAProxy's, with level admin");
    }
  }

  /** An answer's parts: each ends with an empty line, and most are nothing else. */
  static List<String> replies(String answer) {
    List<String> replies = new ArrayList<>();
    int at = 0;
    while (at < answer.length()) {
      if (answer.charAt(at) == '\n') {
        replies.add("");
        at++;
        continue;
      }
      int end = answer.indexOf("\n\n", at);
      replies.add(answer.substring(at, end < 0 ? answer.length() : end));
      at = end < 0 ? answer.length() : end + 2;
    }
    return replies;
  }

  private String exchange(String line) throws LiveException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      boolean connected = channel.connect(UnixDomainSocketAddress.of(socket));
      while (!connected) {
        await(selector, key, SelectionKey.OP_CONNECT, end);
        connected = channel.finishConnect();
      }
      ByteBuffer out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
      while (out.hasRemaining()) {
        if (channel.write(out) == 0) {
          await(selector, key, SelectionKey.OP_WRITE, end);
        }
      }
      return answer(channel, selector, key, end);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new LiveException(
          "HAProxy can not be told at "
              + socket
              + ": "
              + Text.shown(String.valueOf(e.getMessage()))
              + "; check that it runs with this stats socket, and that this user may write to it",
          e);
    }
  }

  private String answer(SocketChannel channel, Selector selector, SelectionKey key, long end)
      throws IOException, LiveException, InterruptedException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    while (true) {
      int count = channel.read(in);
      if (count < 0) {
        // ISO 8859-1 loses nothing, and what is used of an answer is ASCII.
        return answer.toString(StandardCharsets.ISO_8859_1);
      }
      if (count == 0) {
        await(selector, key, SelectionKey.OP_READ, end);
        continue;
      }
      answer.write(in.array(), 0, count);
      in.clear();
      if (answer.size() > MOST) {
        throw new LiveException(
            "HAProxy answers more than 16 MiB at " + socket + "; check that the socket is its own");
      }
      if (System.nanoTime() - end >= 0) {
        throw late(); // One that never stops talking never lets it wait.
      }
    }
  }

  private void await(Selector selector, SelectionKey key, int what, long end)
      throws IOException, LiveException, InterruptedException {
    key.interestOps(what);
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis > 0) {
      selector.select(millis);
      selector.selectedKeys().clear();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while HAProxy was asked");
    }
    if (end - System.nanoTime() <= 0) {
      throw late();
    }
  }

  private LiveException late() {
    return new LiveException(
        "HAProxy does not answer at "
            + socket
            + " within "
            + patience.toMillis()
            + " ms; check that it is not stopped or overloaded");
  }

  private static InterruptedException interrupted(ClosedByInterruptException e) {
    boolean unused = Thread.interrupted();
    InterruptedException interrupted =
        new InterruptedException("interrupted while HAProxy was asked");
    interrupted.initCause(e);
    return interrupted;
  }
}
