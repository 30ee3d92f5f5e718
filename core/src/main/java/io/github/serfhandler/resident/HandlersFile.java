package io.github.serfhandler.resident;

import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Writes what handlers do as JSON: counters, and a list with an object for each handler, in which
 * {@code since} is when its call under way began. Confined to one thread. A file that can not be
 * written is no reason to stop; it is logged.
 */
final class HandlersFile {
  /** Its name in {@link Discovery#OWN_FOLDER}. */
  static final String NAME = "handlers.json";

  private final FileStore store;
  private final Path file;
  private final Clock clock;
  private final Logger log;

  HandlersFile(FileStore store, Path confDir, Clock clock, Logger log) {
    this.store = store;
    this.file = confDir.resolve(Discovery.OWN_FOLDER).resolve(NAME);
    this.clock = clock;
    this.log = log;
  }

  void write(Counters counters, List<LaneStatus> handlers) {
    try {
      store.write(file, render(counters, handlers, clock.instant()).bytes());
    } catch (StoreException e) {
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    }
  }

  static Utf8Buffer render(Counters counters, List<LaneStatus> handlers, Instant now) {
    Utf8Buffer out = new Utf8Buffer();
    out.ascii("{");
    number(out, "\n    ", "pid", ProcessHandle.current().pid());
    number(out, ",\n    ", "userEvents", counters.userEvents.get());
    number(out, ",\n    ", "queries", counters.queries.get());
    number(out, ",\n    ", "duplicates", counters.duplicates.get());
    number(out, ",\n    ", "gaps", counters.gaps.get());
    number(out, ",\n    ", "missed", counters.missed.get());
    number(out, ",\n    ", "unknown", counters.unknown.get());
    number(out, ",\n    ", "notHandled", counters.notHandled.get());
    number(out, ",\n    ", "noHandler", counters.noHandler.get());
    out.ascii(",\n    \"handlers\": [");
    String before = "\n        {";
    for (LaneStatus handler : handlers) {
      out.ascii(before);
      render(out, handler, now);
      out.ascii("\n        }");
      before = ",\n        {";
    }
    return out.ascii(handlers.isEmpty() ? "]\n}\n" : "\n    ]\n}\n");
  }

  private static void render(Utf8Buffer out, LaneStatus handler, Instant now) {
    String next = ",\n            ";
    text(out, "\n            ", "name", handler.name());
    text(out, next, "state", handler.state().name().toLowerCase(Locale.ROOT));
    boolean runs = handler.state() != LaneStatus.State.IDLE;
    text(out, next, "since", runs ? now.minus(handler.running()).toString() : "");
    number(out, next, "waiting", handler.waiting());
    number(out, next, "handled", handler.handled());
    number(out, next, "notHandled", handler.notHandled());
    number(out, next, "failed", handler.failed());
    number(out, next, "timedOut", handler.timedOut());
    number(out, next, "dropped", handler.dropped());
    number(out, next, "answers", handler.answers());
    number(out, next, "lastMs", handler.lastDuration().toMillis());
    text(out, next, "lastOutcome", handler.lastOutcome());
    text(out, next, "lastFailure", handler.lastFailure());
  }

  private static void text(Utf8Buffer out, String before, String name, String value) {
    out.ascii(before).quoted(name).ascii(": ").quoted(value);
  }

  private static void number(Utf8Buffer out, String before, String name, long value) {
    out.ascii(before).quoted(name).ascii(": ").ascii(Long.toString(value));
  }
}
