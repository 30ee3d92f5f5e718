package io.github.serfhandler.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.OwnFile;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writes how the managed files stand, as JSON, where that changed, and at most each second.
 * Confined to one thread. A file that can not be written is no reason to stop; it is logged.
 */
public final class OutputsFile {
  /** Its name in {@link OwnFile#FOLDER}. */
  public static final String NAME = "files.json";

  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);

  private final OwnFile file;
  private final LongSupplier nanos;
  private List<GroupStatus> last = List.of();
  private boolean begun;
  private long written;

  /**
   * The file of a configuration directory.
   *
   * @param nanos a clock like {@link System#nanoTime}
   */
  public OutputsFile(FileStore store, Path confDir, Logger log, LongSupplier nanos) {
    this.file = new OwnFile(store, confDir, NAME, log);
    this.nanos = nanos;
  }

  /** Makes it say this, or leaves it to a later call where the last one was just now. */
  public void write(List<GroupStatus> groups) {
    long now = nanos.getAsLong();
    if (groups.equals(last) || (begun && now - written < SHORTEST)) {
      return;
    }
    begun = true;
    written = now;
    last = groups;
    file.write(render(groups));
  }

  static String render(List<GroupStatus> groups) {
    Utf8Buffer out = new Utf8Buffer();
    out.ascii("{\n    \"pid\": ").ascii(Long.toString(ProcessHandle.current().pid()));
    out.ascii(",\n    \"groups\": [");
    String before = "";
    for (GroupStatus group : groups) {
      out.ascii(before).ascii("\n        {");
      group(out, group);
      out.ascii("\n        }");
      before = ",";
    }
    out.ascii(groups.isEmpty() ? "]\n}\n" : "\n    ]\n}\n");
    byte[] bytes = new byte[out.length()];
    out.bytes().get(bytes);
    return new String(bytes, UTF_8);
  }

  private static void group(Utf8Buffer out, GroupStatus group) {
    out.ascii("\n            \"files\": [");
    String before = "";
    for (FileStatus status : group.files()) {
      out.ascii(before).ascii("\n                {\"path\": ").quoted(status.path().toString());
      out.ascii(", \"state\": ").quoted(status.state().word());
      out.ascii(", \"since\": ").quoted(status.since().toString());
      out.ascii(", \"reason\": ").quoted(status.reason()).ascii('}');
      before = ",";
    }
    out.ascii("\n            ]");
    key(out, "reloadOwed").ascii(Boolean.toString(group.reloadOwed()));
    key(out, "lastReload").quoted(group.lastReload());
    Optional<Instant> at = group.reloadedAt();
    key(out, "reloadedAt").quoted(at.isPresent() ? at.get().toString() : "");
    key(out, "problem").quoted(group.problem());
    GroupStatus.Counters counters = group.counters();
    number(out, "updates", counters.updates());
    number(out, "checksFailed", counters.checksFailed());
    number(out, "reloads", counters.reloads());
    number(out, "reloadsFailed", counters.reloadsFailed());
    number(out, "liveUpdates", counters.liveUpdates());
  }

  private static void number(Utf8Buffer out, String name, long value) {
    key(out, name).ascii(Long.toString(value));
  }

  private static Utf8Buffer key(Utf8Buffer out, String name) {
    return out.ascii(",\n            ").quoted(name).ascii(": ");
  }
}
