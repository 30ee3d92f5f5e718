package io.github.serfhandler.app.settings;

import java.util.List;

/**
 * Settings that cannot be used. The message holds a line for each problem, each with its place, the
 * setting, the value (never a secret) and the remedy: {@code conf.yml:7: rpc.adr: unknown key; did
 * you mean rpc.addr?}. Trying again does not help.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** An exception for one or more problems, each a line. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The lines, in the order in which a reader meets the problems. */
  public List<String> problems() {
    return problems;
  }
}
