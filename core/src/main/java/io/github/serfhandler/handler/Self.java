package io.github.serfhandler.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Immutable: the local node, as an event finds it.
 *
 * @param name its name
 * @param roles what its tag names as its roles, each once, in the order of the tag
 * @param tags its tags; where Serf forked this process their names are as Serf hands them over: in
 *     upper case, and {@code _} for what is neither a letter nor a digit, see {@link #tag}
 */
public record Self(String name, List<String> roles, Map<String, String> tags) {
  public Self {
    roles = List.copyOf(roles);
    tags = Map.copyOf(tags);
  }

  /** The node of that name with those tags, whose {@code role} gives the roles. */
  public static Self of(String name, Map<String, String> tags) {
    String role = new Self(name, List.of(), tags).tag("role");
    return new Self(name, parts(role), tags);
  }

  /**
   * The value of a tag; {@code ""} where there is none, as Serf's own filters have it. Finds it
   * also under the name that Serf gives it in the environment ({@code sanitizeTagRegexp} in Serf's
   * {@code invoke.go}), where {@code a.b} and {@code A_B} are one.
   */
  public String tag(String key) {
    String value = tags.get(key);
    if (value == null) {
      value = tags.get(environmentName(key));
    }
    return value == null ? "" : value;
  }

  /** The parts of its tag {@code products}, as they are. */
  public List<String> products() {
    return parts(tag("products"));
  }

  /**
   * What Serf makes of the name of a tag in {@code SERF_TAG_...}. Each character becomes one, as
   * Go's {@code strings.ToUpper} does it and Java's does not.
   */
  public static String environmentName(String key) {
    StringBuilder name = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i += Character.charCount(key.codePointAt(i))) {
      int c = Character.toUpperCase(key.codePointAt(i));
      boolean kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(kept ? (char) c : '_');
    }
    return name.toString();
  }

  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == ':') {
        String part = value.substring(from, i);
        if (!part.isEmpty() && !parts.contains(part)) {
          parts.add(part);
        }
        from = i + 1;
      }
    }
    return parts;
  }

  @Override
  public String toString() {
    return name + " " + roles;
  }
}
