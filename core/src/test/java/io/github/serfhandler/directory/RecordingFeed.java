package io.github.serfhandler.directory;

import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, a line each; thread-safe. */
final class RecordingFeed implements SourceFeed {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What it was told. */
  List<String> lines() {
    return lines;
  }

  @Override
  public SourceListing list(String lineage) {
    lines.add("list" + lineage);
    return new SourceListing() {
      @Override
      public void found(List<SourceEntry> entries) {
        entries.forEach(entry -> lines.add("found " + text(entry)));
      }

      @Override
      public void unusable(String product, String key, String reason) {
        lines.add("unusable " + product + "/" + key + " " + reason);
      }

      @Override
      public void end(long revision) {
        lines.add("end " + revision);
      }
    };
  }

  @Override
  public void resumed() {
    lines.add("resumed");
  }

  @Override
  public void changed(List<SourceEntry> entries) {
    entries.forEach(entry -> lines.add("changed " + text(entry)));
  }

  @Override
  public void skipped(String name, String reason) {
    lines.add("skipped " + name + " " + reason);
  }

  @Override
  public void standby(String reason) {
    lines.add("standby");
  }

  private static String text(SourceEntry entry) {
    return entry.name()
        + entry.value().map(value -> " " + entry.format() + " " + value.text()).orElse(" deleted");
  }
}
