package io.github.serfhandler.script;

import io.github.serfhandler.client.EventFilter;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.process.Printed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: what to run for which events on which nodes.
 *
 * @param role on nodes with this role; {@code default} is every node
 * @param on for these events
 * @param argv the program and its arguments; a text for the shell is {@code /bin/sh -c TEXT}
 * @param timeout how long one call may take; empty where {@code handlers.timeout} decides
 * @param dir the working directory; empty for that of serf-handler
 * @param name what log and status call it; two may have the same
 */
public record ScriptSpec(
    String role,
    EventFilter on,
    List<String> argv,
    Optional<Duration> timeout,
    Optional<Path> dir,
    String name) {
  private static final int LONGEST_NAME = 80;
  private static final String SHELL = "/bin/sh";

  /**
   * Checks what can not be run.
   *
   * @throws IllegalArgumentException where the role is empty or holds a colon, where there is
   *     nothing to run, where anything to run holds a NUL, or where the timeout is not positive
   */
  public ScriptSpec {
    argv = List.copyOf(argv);
    if (role.isBlank() || role.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a role is not empty and holds no colon; give each role an entry of its own");
    }
    if (argv.isEmpty() || argv.get(0).isBlank() || (isShell(argv) && argv.get(2).isBlank())) {
      throw new IllegalArgumentException("there is nothing to run; write the script's path");
    }
    for (int i = 0; i < argv.size(); i++) {
      if (argv.get(i).indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "what to run holds a NUL, which no program can be given; remove it");
      }
    }
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException("a timeout is more than nothing; write for example 30s");
    }
    name = name.isBlank() ? defaultName(on, argv) : plain(name);
  }

  /** For every node, with the defaults. */
  public static ScriptSpec of(EventFilter on, List<String> argv) {
    return new ScriptSpec(
        SerfHandlerProxy.DEFAULT, on, argv, Optional.empty(), Optional.empty(), "");
  }

  /** A text for the shell, run as Serf runs it ({@code invoke.go}): {@code /bin/sh -c TEXT}. */
  public static List<String> shell(String text) {
    return List.of(SHELL, "-c", text);
  }

  /**
   * A line of Serf's {@code event_handlers}: {@code FILTER=SCRIPT}, or a script alone for every
   * event; the first {@code =} divides ({@code ParseEventScript} in the agent's {@code
   * event_handler.go}).
   *
   * @throws IllegalArgumentException where Serf would refuse the filter, or there is no script
   */
  public static ScriptSpec parse(String line) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      return of(EventFilter.all(), shell(line));
    }
    EventFilter on;
    try {
      on = EventFilter.parse(line.substring(0, equals));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; where the = belongs to the script, write *= before it", e);
    }
    return of(on, shell(line.substring(equals + 1)));
  }

  /** The text for the shell; empty where it runs without one. */
  public Optional<String> shellText() {
    return isShell(argv) ? Optional.of(argv.get(2)) : Optional.empty();
  }

  /** As Serf writes it, and what Serf has no word for in brackets. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line(on, argv));
    if (!role.equals(SerfHandlerProxy.DEFAULT)) {
      text.append(" (role ").append(role).append(')');
    }
    if (timeout.isPresent()) {
      text.append(" (timeout ").append(timeout.get().toMillis()).append("ms)");
    }
    if (dir.isPresent()) {
      text.append(" (in ").append(dir.get()).append(')');
    }
    return text.toString();
  }

  private static boolean isShell(List<String> argv) {
    return argv.size() == 3 && argv.get(0).equals(SHELL) && argv.get(1).equals("-c");
  }

  private static String line(EventFilter on, List<String> argv) {
    String filter = on.toString();
    String run = isShell(argv) ? argv.get(2) : String.join(" ", argv);
    return filter.equals("*") ? run : filter + "=" + run;
  }

  private static String defaultName(EventFilter on, List<String> argv) {
    return plain(line(on, argv));
  }

  /** In one short line: it stands in log lines and in the status. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && plain.length() < LONGEST_NAME; i++) {
      plain.append(Printed.isPlain(text.charAt(i)) ? text.charAt(i) : ' ');
    }
    return text.length() > LONGEST_NAME
        ? plain.substring(0, LONGEST_NAME - 3) + "..."
        : plain.toString();
  }
}
