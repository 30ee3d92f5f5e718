package io.github.serfhandler.client;

/** Immutable: the levels of the agent's log; each holds those after it. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERR
}
