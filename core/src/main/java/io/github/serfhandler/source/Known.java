package io.github.serfhandler.source;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a source has told last: its keys with the hashes of their contents, in memory; and the keys
 * alone in a file, so that after a restart it is known which of them are gone. Thread-safe.
 */
final class Known {
  /** The hash of what is there but was not told, or can not be used. */
  static final String UNTOLD = "";

  private static final JsonLimits LIMITS = new JsonLimits(16 * 1024 * 1024, 8);

  private final String source;
  private final FileStore store;
  private final Path file;
  private final Map<Place, String> hashes = new ConcurrentHashMap<>();
  private String lineage = "";
  private long revision;
  private boolean listed;
  private boolean changed;
  private boolean otherKeys;

  /** What the file says; nothing where there is none, or it is that of another source. */
  Known(String source, FileStore store, Path file) {
    this.source = source;
    this.store = store;
    this.file = file;
  }

  /** Reads the file. A broken one counts as none: it costs the knowledge of what was deleted. */
  synchronized Optional<String> load() {
    try {
      Optional<byte[]> bytes = store.read(file, LIMITS.maxBytes());
      if (bytes.isPresent()) {
        JsonObject object = JsonValue.parse(bytes.get(), LIMITS).asObject();
        if (object.required("source").asText().equals(source)) {
          read(object);
        }
      }
      return Optional.empty();
    } catch (JsonException | StoreException | IllegalArgumentException e) {
      hashes.clear();
      listed = false;
      return Optional.of(
          "what "
              + source
              + " held before is not known: "
              + file.getFileName()
              + ": "
              + e.getMessage());
    }
  }

  private void read(JsonObject object) {
    lineage = object.required("lineage").asText();
    revision = object.required("revision").asLong();
    listed = true;
    for (JsonValue name : object.required("keys").asArray().elements()) {
      hashes.put(Place.parse(name.asText()), UNTOLD);
    }
  }

  /** Writes the file where keys came or went; the store's number alone is not worth it. */
  synchronized void saveKeys() {
    if (otherKeys) {
      save();
    }
  }

  /** Writes the file where there is something new. */
  synchronized void save() {
    if (!changed) {
      return;
    }
    Set<String> names = new TreeSet<>();
    for (Place place : hashes.keySet()) {
      names.add(place.toString());
    }
    List<JsonValue> keys = new ArrayList<>(names.size());
    for (String name : names) {
      keys.add(JsonValue.of(name));
    }
    String text =
        JsonObject.builder()
                .put("source", source)
                .put("lineage", lineage)
                .put("revision", revision)
                .put("keys", JsonArray.of(keys))
                .build()
                .compact()
            + "\n";
    store.write(file, text.getBytes(StandardCharsets.UTF_8));
    changed = false;
    otherKeys = false;
  }

  /** Whether the file holds all that is to be remembered. */
  synchronized boolean isSaved() {
    return !changed;
  }

  /** Whether a store with this lineage and number is another one than that listed last. */
  synchronized boolean isAnother(String otherLineage, long otherRevision) {
    return listed && (!otherLineage.equals(lineage) || otherRevision < revision);
  }

  /** The store's number at the last listing, or of a change after it; 0 where it has none. */
  synchronized long revision() {
    return revision;
  }

  int size() {
    return hashes.size();
  }

  synchronized Set<Place> places() {
    return Set.copyOf(hashes.keySet());
  }

  /** The hash of what the source has told; null where it does not have the key. */
  @Nullable String hash(Place place) {
    return hashes.get(place);
  }

  synchronized void put(Place place, String hash) {
    String before = hashes.put(place, hash);
    changed |= before == null;
    otherKeys |= before == null;
  }

  /** Keys that a store has, whose values were not told yet; of another store they are all. */
  synchronized void expect(String ofLineage, Set<Place> places) {
    if (!listed || !ofLineage.equals(lineage)) {
      hashes.clear();
      listed(ofLineage, 0);
      otherKeys = true;
    }
    for (Place place : places) {
      if (!hashes.containsKey(place)) {
        put(place, UNTOLD);
      }
    }
  }

  synchronized void remove(Place place) {
    boolean there = hashes.remove(place) != null;
    changed |= there;
    otherKeys |= there;
  }

  synchronized void seen(long newer) {
    if (newer > revision) {
      revision = newer;
      changed = true;
    }
  }

  synchronized void listed(String newLineage, long newRevision) {
    boolean another = !listed || !newLineage.equals(lineage);
    changed |= another || newRevision != revision;
    // To the keys belongs the store that has them.
    otherKeys |= another;
    listed = true;
    lineage = newLineage;
    revision = newRevision;
  }
}
