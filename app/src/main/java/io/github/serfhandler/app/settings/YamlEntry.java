package io.github.serfhandler.app.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable: one entry of a list in the YAML file, as it is written.
 *
 * @param text the text of an entry that is one; empty where it is a mapping
 * @param parts the parts of a mapping, in their order; empty where it is a text
 * @param line its line, from 1
 */
public record YamlEntry(String text, Map<String, Part> parts, int line) {
  public YamlEntry {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** An entry that is a text. */
  static YamlEntry ofText(String text, int line) {
    return new YamlEntry(text, Map.of(), line);
  }

  /**
   * Immutable: a part of a mapping.
   *
   * @param texts its text, or those of a sequence; none of a mapping
   * @param isList whether it is a sequence
   * @param words the texts of a mapping, by their names; empty where it is none
   * @param line its line, from 1
   */
  public record Part(List<String> texts, boolean isList, Map<String, String> words, int line) {
    public Part {
      texts = List.copyOf(texts);
      words = Map.copyOf(words);
    }
  }
}
