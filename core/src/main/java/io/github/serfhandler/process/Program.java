package io.github.serfhandler.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Immutable: a program to run. What it is told on standard input is given with each run.
 *
 * @param argv the program and its arguments; no shell ever sees them
 * @param timeout how long one run may take
 * @param environment variables beyond those that this process has itself, by name
 * @param directory the working directory; empty for that of this process
 */
public record Program(
    List<String> argv,
    Duration timeout,
    Map<String, String> environment,
    Optional<Path> directory) {

  /**
   * Checks what can not be run.
   *
   * @throws IllegalArgumentException where there is nothing to run, where anything holds a NUL,
   *     where a variable has no name or one with a {@code =}, or where the timeout is not positive;
   *     its message is one line with a remedy
   */
  public Program {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.get(0).isBlank()) {
      throw new IllegalArgumentException(
          "there is nothing to run; write the program's path and each argument as one text of a"
              + " list");
    }
    for (int i = 0; i < argv.size(); i++) {
      refuseNul(argv.get(i));
    }
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException(
            "a variable's name is not empty and holds no =; rename it");
      }
      refuseNul(name);
      refuseNul(variable.getValue());
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout is more than nothing; write for example 10s");
    }
  }

  /** With the environment and the working directory of this process. */
  public static Program of(List<String> argv, Duration timeout) {
    return new Program(argv, timeout, Map.of(), Optional.empty());
  }

  /** The same with these variables more; one of a name that is there already replaces it. */
  public Program with(Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(variables);
    return new Program(argv, timeout, all, directory);
  }

  /** The same with a text in the place of each argument that is {@code placeholder}, whole. */
  public Program with(String placeholder, String text) {
    List<String> all = new ArrayList<>(argv.size());
    for (int i = 0; i < argv.size(); i++) {
      all.add(i > 0 && argv.get(i).equals(placeholder) ? text : argv.get(i));
    }
    return new Program(all, timeout, environment, directory);
  }

  private static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "what to run holds a NUL, which no program can be given; remove it");
    }
  }

  /** The program alone: what its arguments and variables hold may be secret. */
  @Override
  public String toString() {
    return argv.get(0);
  }
}
