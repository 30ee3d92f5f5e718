package io.github.serfhandler.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Immutable: a JSON array. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
  /** {@code []}. */
  public static final JsonArray EMPTY = new JsonArray(List.of());

  private final List<JsonValue> elements;
  private final int depth;

  private JsonArray(List<JsonValue> elements) {
    this.elements = elements;
    this.depth = Depth.around(elements);
  }

  /**
   * An array of these.
   *
   * @throws IllegalArgumentException where the nesting becomes deeper than {@link #MAX_DEPTH}
   */
  public static JsonArray of(List<? extends JsonValue> elements) {
    return elements.isEmpty() ? EMPTY : new JsonArray(List.copyOf(elements));
  }

  /** An array of these. */
  public static JsonArray of(JsonValue... elements) {
    return of(List.of(elements));
  }

  /** An array of texts. */
  public static JsonArray ofTexts(List<String> texts) {
    List<JsonValue> elements = new ArrayList<>(texts.size());
    for (String text : texts) {
      elements.add(new JsonText(text));
    }
    return of(elements);
  }

  /** What is in it; can not be changed. */
  public List<JsonValue> elements() {
    return elements;
  }

  /** How many are in it. */
  public int size() {
    return elements.size();
  }

  int depth() {
    return depth;
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return elements.iterator();
  }

  @Override
  public String kind() {
    return "an array";
  }

  @Override
  public JsonArray asArray() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonArray that && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return "an array of " + elements.size();
  }
}
