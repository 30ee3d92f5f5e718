package io.github.serfhandler.directory;

import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, a line each; thread-safe. */
final class RecordingFeed implements SourceFeed {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** What it was told. */
  List<String> lines() {
    return lines;
  }

  /** What whoever believes it all knows now: the values by key. */
  Map<String, String> known() {
    Map<String, String> known = new TreeMap<>();
    Map<String, String> listed = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 4);
      switch (words[0]) {
        case "list" -> listed.clear();
        case "found" -> {
          known.put(words[1], words[3]);
          listed.put(words[1], words[3]);
        }
        case "unusable" -> listed.put(words[1], "");
        case "end" -> known.keySet().retainAll(listed.keySet());
        case "changed" -> {
          if (words[2].equals("deleted")) {
            known.remove(words[1]);
          } else {
            known.put(words[1], words[3]);
          }
        }
        default -> {}
      }
    }
    return known;
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
      public void endIncomplete(long revision) {
        lines.add("incomplete " + revision);
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
