package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a {@link Status} as JSON: a flat object, times as ISO 8601 in UTC, lists of text. Confined
 * to one thread. A status that can not be written is no reason to stop; it is logged.
 */
public final class StatusFile implements Consumer<Status> {
  /** Its name in {@link Discovery#OWN_FOLDER}. */
  public static final String NAME = "status.json";

  private final FileStore store;
  private final Path file;
  private final Logger log;

  /** The status file of the configuration directory {@code folder}. */
  public StatusFile(FileStore store, Path folder, Logger log) {
    this.store = store;
    this.file = folder.resolve(Discovery.OWN_FOLDER).resolve(NAME);
    this.log = log;
  }

  @Override
  public void accept(Status status) {
    try {
      store.write(file, render(status).bytes());
    } catch (StoreException e) {
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    }
  }

  static Utf8Buffer render(Status status) {
    Utf8Buffer out = new Utf8Buffer();
    out.ascii("{");
    text(out, "state", status.state().word());
    text(out, "since", status.since().toString());
    text(out, "changed", status.changed().toString());
    number(out, "pid", ProcessHandle.current().pid());
    text(out, "agentAddr", status.agentAddr());
    text(out, "agentName", status.agentName());
    text(out, "lastError", status.lastError());
    number(out, "members", status.members());
    number(out, "instances", status.instances());
    number(out, "problems", status.problems());
    texts(out, "held", status.held().stream().map(Held::toString).toList());
    texts(out, "failures", status.failures());
    Status.Counters counters = status.counters();
    number(out, "passes", counters.passes());
    number(out, "updates", counters.updates());
    number(out, "writeFailures", counters.writeFailures());
    number(out, "agentLosses", counters.agentLosses());
    number(out, "holds", counters.holds());
    return out.ascii("\n}\n");
  }

  private static void key(Utf8Buffer out, String name) {
    if (out.length() > 1) {
      out.ascii(',');
    }
    out.ascii("\n    ").quoted(name).ascii(": ");
  }

  private static void text(Utf8Buffer out, String name, String value) {
    key(out, name);
    out.quoted(value);
  }

  private static void number(Utf8Buffer out, String name, long value) {
    key(out, name);
    out.ascii(Long.toString(value));
  }

  private static void texts(Utf8Buffer out, String name, List<String> values) {
    key(out, name);
    out.ascii('[');
    String before = "";
    for (String value : values) {
      out.ascii(before).quoted(value);
      before = ", ";
    }
    out.ascii(']');
  }
}
