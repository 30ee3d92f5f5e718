package io.github.serfhandler.source;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/** Tells people of one source, what goes wrong once as long as it stays so. Thread-safe. */
final class SourceLog {
  private static final int MOST_REASONS = 20;
  private static final int MOST_SHOWN = 200;

  private final String source;
  private final Logger log;
  private final Counters counters;
  private final Told told = new Told();

  /** Why the source could not go on, since it last could; of the source's thread. */
  private final Set<String> reasons = new HashSet<>();

  SourceLog(String source, Logger log, Counters counters) {
    this.source = source;
    this.log = log;
    this.counters = counters;
  }

  void log(Level level, String text) {
    log.log(level, source + ": " + text);
  }

  /** Something can not be published; counted. */
  void skipped(String name, String reason) {
    counters.skipped.incrementAndGet();
    boolean full = told.isFull();
    boolean isNew = told.isNew(name, reason);
    log(isNew ? Level.WARNING : Level.DEBUG, printable(name) + " is left out: " + reason);
    if (!full && told.isFull()) {
      log(
          Level.WARNING,
          Told.MOST + " names are left out; further ones are counted, and told at log.level debug");
    }
  }

  /** All is well with a name. */
  void fine(String name) {
    told.forget(name);
  }

  /** Something could not be done, and is tried again. */
  void failed(String what, String text) {
    log(told.isNew(what, text) ? Level.WARNING : Level.DEBUG, text);
  }

  /** The source could not go on. */
  void stopped(String reason) {
    counters.failures.incrementAndGet();
    boolean isNew = reasons.size() < MOST_REASONS && reasons.add(reason);
    log(isNew ? Level.WARNING : Level.DEBUG, reason + "; trying again");
  }

  /** The source goes on. */
  void goesOn() {
    reasons.clear();
  }

  /** One line, whatever the store calls it. */
  static String printable(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length() && i < MOST_SHOWN; i++) {
      char c = name.charAt(i);
      text.append(c >= ' ' && c < 127 ? c : '?');
    }
    return name.length() > MOST_SHOWN ? text.append("...").toString() : text.toString();
  }
}
