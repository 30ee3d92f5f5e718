package io.github.serfhandler.client;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable: tags of the local agent to set and to delete; others stay.
 *
 * @param set new values by tag name; a name is not empty, a value may be
 * @param delete names of tags to delete; it does not matter whether they exist
 */
public record TagChange(Map<String, String> set, Set<String> delete) {
  private static final TagChange NONE = new TagChange(Map.of(), Set.of());

  public TagChange {
    set = Map.copyOf(set);
    delete = Set.copyOf(delete);
    for (String name : delete) {
      if (set.containsKey(name)) {
        throw new IllegalArgumentException("tag " + name + " is to be set and to be deleted");
      }
    }
    if (set.containsKey("") || delete.contains("")) {
      throw new IllegalArgumentException("a tag's name must not be empty");
    }
  }

  /** No change yet. */
  public static TagChange none() {
    return NONE;
  }

  /** Also sets this tag. */
  public TagChange set(String name, String value) {
    Map<String, String> more = new TreeMap<>(set);
    more.put(name, value);
    return new TagChange(more, delete);
  }

  /** Also deletes this tag. */
  public TagChange delete(String name) {
    Set<String> more = new TreeSet<>(delete);
    more.add(name);
    return new TagChange(set, more);
  }
}
