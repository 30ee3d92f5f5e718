package io.github.serfhandler.json;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable: a JSON object. Its members are kept and written in the order of their names (by UTF-16
 * code units), whatever order they came in; JSON gives that order no meaning.
 */
public final class JsonObject implements JsonValue {
  /** {@code {}}. */
  public static final JsonObject EMPTY = new JsonObject(new TreeMap<>());

  private final SortedMap<String, JsonValue> members;
  private final int depth;

  /** Takes the map as it is; the caller has checked the names and forgets it. */
  private JsonObject(SortedMap<String, JsonValue> members) {
    this.members = Collections.unmodifiableSortedMap(members);
    this.depth = Depth.around(members.values());
  }

  static JsonObject checked(SortedMap<String, JsonValue> members) {
    return members.isEmpty() ? EMPTY : new JsonObject(members);
  }

  /**
   * An object with these members.
   *
   * @throws IllegalArgumentException where a name holds half of a surrogate pair, or the nesting
   *     becomes deeper than {@link #MAX_DEPTH}
   */
  public static JsonObject of(Map<String, ? extends JsonValue> members) {
    TreeMap<String, JsonValue> copy = new TreeMap<>();
    for (Map.Entry<String, ? extends JsonValue> member : members.entrySet()) {
      copy.put(SourceText.requireWellFormed(member.getKey()), member.getValue());
    }
    return checked(copy);
  }

  /** Builds an object; a name that comes twice keeps its last value. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds an object. Confined to one thread. */
  public static final class Builder {
    private final Map<String, JsonValue> members = new TreeMap<>();

    private Builder() {}

    /** Adds a member. */
    public Builder put(String name, JsonValue value) {
      members.put(name, value);
      return this;
    }

    /** Adds a text. */
    public Builder put(String name, String text) {
      return put(name, new JsonText(text));
    }

    /** Adds an integer. */
    public Builder put(String name, long number) {
      return put(name, JsonNumber.of(number));
    }

    /** Adds true or false. */
    public Builder put(String name, boolean value) {
      return put(name, JsonValue.of(value));
    }

    /**
     * The object.
     *
     * @throws IllegalArgumentException as {@link JsonObject#of}
     */
    public JsonObject build() {
      return of(members);
    }
  }

  /** Its members by name; can not be changed. */
  public SortedMap<String, JsonValue> members() {
    return members;
  }

  /** How many members it has. */
  public int size() {
    return members.size();
  }

  /** The same with one member more or replaced. */
  public JsonObject with(String name, JsonValue value) {
    TreeMap<String, JsonValue> copy = new TreeMap<>(members);
    copy.put(SourceText.requireWellFormed(name), value);
    return checked(copy);
  }

  /** The same without that member. */
  public JsonObject without(String name) {
    TreeMap<String, JsonValue> copy = new TreeMap<>(members);
    copy.remove(name);
    return checked(copy);
  }

  int depth() {
    return depth;
  }

  @Override
  public Optional<JsonValue> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  @Override
  public String kind() {
    return "an object";
  }

  @Override
  public JsonObject asObject() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "an object of " + members.size();
  }
}
