package io.github.serfhandler.source;

import io.github.serfhandler.source.KeyLayout.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory, which counts its changes as etcd does. */
final class MemoryStore implements ConfigSource {
  private final boolean numbered;
  private final Map<String, SourceEntry> entries = new TreeMap<>();
  private final List<SourceEntry> log = new ArrayList<>();
  private long revision = 1;
  String lineage = "one";
  boolean away;
  int reads;

  MemoryStore() {
    this(true);
  }

  /** A store with or without numbers. */
  MemoryStore(boolean numbered) {
    this.numbered = numbered;
  }

  /** Puts a JSON text; gives the change. */
  SourceEntry put(String name, String json) {
    Place place = Place.parse(name);
    SourceEntry entry =
        SourceEntry.of(
            place.product(),
            place.key(),
            next(),
            ValueFormat.JSON,
            json.getBytes(StandardCharsets.UTF_8));
    entries.put(name, entry);
    log.add(entry);
    return entry;
  }

  SourceEntry delete(String name) {
    Place place = Place.parse(name);
    entries.remove(name);
    SourceEntry entry = SourceEntry.deleted(place.product(), place.key(), next());
    log.add(entry);
    return entry;
  }

  private long next() {
    revision++;
    return revision();
  }

  long revision() {
    return numbered ? revision : 0;
  }

  /** All is gone, and the numbers begin again. */
  void rebuild(String newLineage) {
    entries.clear();
    log.clear();
    revision = 1;
    lineage = newLineage;
  }

  List<SourceEntry> all() {
    return List.copyOf(entries.values());
  }

  List<SourceEntry> log() {
    return List.copyOf(log);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void follow(SourceFeed feed) {
    throw new UnsupportedOperationException("the tests tell by hand");
  }

  @Override
  public Optional<SourceEntry> read(String product, String key) throws SourceException {
    reads++;
    if (away) {
      throw new SourceException("memory is away");
    }
    return Optional.ofNullable(entries.get(product + "/" + key));
  }

  @Override
  public void close() {}

  /** Tells all of it. */
  void list(SourceFeed feed) throws InterruptedException {
    SourceListing listing = feed.list(lineage);
    for (SourceEntry entry : all()) {
      listing.found(List.of(entry));
    }
    listing.end(revision());
  }
}
