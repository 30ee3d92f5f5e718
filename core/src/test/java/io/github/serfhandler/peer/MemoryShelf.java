package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.serfhandler.config.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A node's store in memory: what it offers, and what is pulled into it. Thread-safe. */
final class MemoryShelf implements Shelf, Sink {
  static final String PRODUCT = "product1";

  private final ConcurrentSkipListMap<String, Held> held = new ConcurrentSkipListMap<>();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final List<Integer> batches = new ArrayList<>();
  private volatile String refused = "";

  /** A content that is so many bytes long in its canonical form. */
  static byte[] content(int size, long seed) {
    String start = "{\"seed\":" + seed + ",\"text\":\"";
    return (start + "x".repeat(Math.max(0, size - start.length() - 2)) + "\"}").getBytes(UTF_8);
  }

  MemoryShelf put(String key, long version, byte[] content) {
    Revision revision = new Revision(version, false, Download.hex(content));
    return put(key, new Held(revision, Optional.of("signed by " + key), content.length), content);
  }

  MemoryShelf put(String key, Held told, byte[] content) {
    held.put(key, told);
    contents.put(key, content);
    return this;
  }

  MemoryShelf delete(String key, long version) {
    held.put(key, new Held(Revision.ofDeletion(version), Optional.empty(), 0));
    contents.remove(key);
    return this;
  }

  /** As {@code count} different ones of some 100 bytes. */
  static MemoryShelf ofSmall(int count) {
    MemoryShelf shelf = new MemoryShelf();
    for (int i = 0; i < count; i++) {
      shelf.put("key-" + i, 1, content(100, i));
    }
    return shelf;
  }

  /** That key is refused by {@link #take}. */
  void refuse(String key) {
    refused = key;
  }

  /** How long the batches were that came. */
  List<Integer> batches() {
    return batches;
  }

  byte[] content(String key) {
    return contents.getOrDefault(key, new byte[0]);
  }

  @Override
  public Set<String> products() {
    return Set.of(PRODUCT);
  }

  @Override
  public SortedMap<String, Held> held(String product) {
    return held;
  }

  @Override
  public Optional<byte[]> content(String product, String key, Revision revision) {
    Held of = held.get(key);
    return of == null || !of.revision().equals(revision)
        ? Optional.empty()
        : Optional.ofNullable(contents.get(key));
  }

  @Override
  public Optional<Revision> revision(String product, String key) {
    return Optional.ofNullable(held.get(key)).map(Held::revision);
  }

  @Override
  public int take(List<PulledItem> items) {
    batches.add(items.size());
    int count = 0;
    for (PulledItem item : items) {
      if (item.key().equals(refused)) {
        count++;
        continue;
      }
      long size = item.content().map(content -> content.length).orElse(0);
      held.put(item.key(), new Held(item.revision(), item.signature(), size));
      item.content()
          .ifPresentOrElse(
              content -> contents.put(item.key(), content), () -> contents.remove(item.key()));
    }
    return count;
  }

  /** Whether both hold the same. */
  boolean sameAs(MemoryShelf other) {
    return held.equals(other.held)
        && contents.keySet().equals(other.contents.keySet())
        && contents.keySet().stream()
            .allMatch(key -> Arrays.equals(content(key), other.content(key)));
  }
}
