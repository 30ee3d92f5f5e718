package io.github.serfhandler.script;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Reaction;
import io.github.serfhandler.process.ChildRun;
import io.github.serfhandler.process.OutputTail;
import io.github.serfhandler.process.Printed;
import io.github.serfhandler.process.ProcessTree;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script for the events that its filter lets through; as {@link Handler} has it, called by
 * one thread at a time.
 *
 * <p>Arguments, environment and standard input are those that Serf gives ({@code invoke.go},
 * 0.9.4); the reference page {@code scripts.md} lists them, and what is added. A query is answered
 * with what the script prints, on standard output and standard error together, when it ends with
 * status 0 and prints anything. A status other than 0 is a {@link HandlerException} that tells the
 * status and the end of the output.
 *
 * <p>A member event whose members are too many for one environment variable is told in several runs
 * one after the other, each with its share on standard input too; all are run, whatever one of them
 * ends with.
 *
 * <p>Interrupted, it ends the script and all that the script started (SIGTERM, two seconds later
 * SIGKILL) and throws {@link InterruptedException}; that takes no longer than {@link #END}.
 */
public final class ScriptHandler implements Handler {
  /** The longest time from an interrupt to the end of the call: who interrupts waits for longer. */
  public static final Duration END = ProcessTree.PATIENCE.plus(ProcessTree.AFTER_KILL);

  /** What is kept of the output, as {@code maxBufSize} in Serf's {@code invoke.go}. */
  private static final int KEPT = 8 * 1024;

  /**
   * What is kept of the answer to a query: one byte more than any answer may have, so that one that
   * lost its beginning is longer than every limit.
   */
  private static final int KEPT_ANSWER = 64 * 1024 + 1;

  private static final int MOST_LEFT_BEHIND = 16;
  private static final int SHOWN_LINES = 5;
  private static final int LOGGED_LINES = 100;

  private final ScriptSpec spec;
  private final Semaphore permits;
  private boolean warned;

  /** Runs what the spec says. */
  public ScriptHandler(ScriptSpec spec) {
    this(spec, MOST_LEFT_BEHIND);
  }

  ScriptHandler(ScriptSpec spec, int mostLeftBehind) {
    this.spec = spec;
    this.permits = new Semaphore(mostLeftBehind);
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public Optional<Duration> timeout() {
    return spec.timeout();
  }

  /** It does not: Serf sends no answer of a script that failed. */
  @Override
  public boolean tellsAskers() {
    return false;
  }

  /** What it runs, and when. */
  public ScriptSpec spec() {
    return spec;
  }

  @Override
  public boolean wants(SerfEvent event) {
    return spec.on().delivers(event);
  }

  @Override
  public Reaction handle(SerfEvent event, LocalNode node) throws InterruptedException {
    if (!spec.on().delivers(event)) {
      return Reaction.NOT_HANDLED;
    }
    if (event instanceof MemberEvent members) {
      handleMembers(members, node);
      return Reaction.HANDLED;
    }
    if (event instanceof UserEvent user) {
      run(event, withNewline(user.payload()), null, node);
      return Reaction.HANDLED;
    }
    if (event instanceof QueryEvent query) {
      Payload output = run(event, withNewline(query.payload()), null, node);
      return output.isEmpty() ? Reaction.HANDLED : Reaction.answer(output);
    }
    return Reaction.NOT_HANDLED;
  }

  private void handleMembers(MemberEvent event, LocalNode node) throws InterruptedException {
    List<MemberParts.Part> parts = MemberParts.of(event.members());
    HandlerException failure = null;
    for (int i = 0; i < parts.size(); i++) {
      MemberParts.Part part = parts.get(i);
      try {
        run(event, part.lines().bytes(), part.json(), node);
      } catch (HandlerException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      int failed = failure.getSuppressed().length + 1;
      if (parts.size() == 1) {
        throw failure;
      }
      throw new HandlerException(
          failed + " of " + parts.size() + " runs failed; the first: " + failure.getMessage(),
          failure);
    }
  }

  /** Runs it once and gives the end of its output. */
  private Payload run(SerfEvent event, byte[] input, @Nullable String members, LocalNode node)
      throws InterruptedException {
    Map<String, String> variables =
        ScriptEnvironment.variables(event, node.self(), node.confDir(), members);
    warnOfLocale(variables, node);
    ProcessBuilder builder = new ProcessBuilder(spec.argv());
    ScriptEnvironment.apply(builder.environment(), variables);
    if (spec.dir().isPresent()) {
      builder.directory(spec.dir().get().toFile());
    }
    OutputTail tail = new OutputTail(event instanceof QueryEvent ? KEPT_ANSWER : KEPT);
    ChildRun run;
    try {
      run = ChildRun.start(builder, input, tail, permits);
    } catch (IOException e) {
      throw new HandlerException(
          "can not be started: "
              + e.getMessage()
              + "; check the path, that it may be executed, and the working directory",
          e);
    }
    int status = run.await();
    byte[] output = tail.bytes();
    if (status != 0) {
      // What was to be an answer may be secret.
      String end = event instanceof QueryEvent ? "" : shown(output);
      throw new HandlerException("ended with status " + status + hint(status) + end);
    }
    log(event, node, output, tail.total());
    if (run.leftSomethingBehind()) {
      node.log(
          System.Logger.Level.DEBUG,
          name() + " left something behind that holds its output; end its start with >/dev/null");
    }
    return Payload.of(output);
  }

  /** Who runs handlers logs that it was handled, and the time; this is for who looks closer. */
  private void log(SerfEvent event, LocalNode node, byte[] output, long total) {
    node.log(
        System.Logger.Level.DEBUG,
        name() + " ended with status 0, having printed " + total + " bytes");
    // An answer may be secret, and goes where it was asked for.
    if (!(event instanceof QueryEvent)) {
      List<String> lines = Printed.lines(output, LOGGED_LINES);
      for (int i = 0; i < lines.size(); i++) {
        node.log(System.Logger.Level.DEBUG, name() + ": " + lines.get(i));
      }
    }
  }

  private void warnOfLocale(Map<String, String> variables, LocalNode node) {
    String mangled = warned ? null : ScriptEnvironment.mangled(variables);
    if (mangled != null) {
      warned = true;
      node.log(
          System.Logger.Level.WARNING,
          name()
              + ": "
              + mangled
              + " holds characters that Java can not hand over in this locale, and scripts get ?"
              + " instead; start serf-handler with LC_ALL=C.UTF-8");
    }
  }

  private String hint(int status) {
    if (spec.shellText().isEmpty()) {
      return "";
    }
    return switch (status) {
      case 126 -> " (the shell may not execute it; chmod +x)";
      case 127 -> " (the shell does not find it; check the path)";
      default -> "";
    };
  }

  private static String shown(byte[] output) {
    List<String> lines = Printed.lines(output, SHOWN_LINES);
    if (lines.isEmpty()) {
      return " and printed nothing";
    }
    return "; the end of its output: " + String.join(" | ", lines);
  }

  /** {@code streamPayload} in Serf's {@code invoke.go}. */
  private static byte[] withNewline(Payload payload) {
    byte[] bytes = payload.bytes();
    if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
      return bytes;
    }
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    more[bytes.length] = '\n';
    return more;
  }
}
