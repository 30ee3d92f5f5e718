package io.github.serfhandler.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of nodes' tags; confined to one rendering. It keeps what it found out of a tag's name,
 * as many nodes have tags of the same names.
 */
final class TagLabels {
  private static final String PREFIX = "__meta_serf_tag_";

  /** A tag's label; one without a name is none. */
  private record Label(String tag, String name) {
    /** Whether it counts where both have the same name: it is named so itself, or comes first. */
    boolean beats(Label other) {
      // Labels are as long as their tags, but for the prefix: the same end is the same name.
      return name.endsWith(tag) || (!name.endsWith(other.tag) && tag.compareTo(other.tag) < 0);
    }
  }

  private final Map<String, Label> known = new HashMap<>();
  private final List<Label> row = new ArrayList<>();

  /** Appends the labels of a node, in order, each after this text. */
  void append(Map<String, String> tags, String before, Utf8Buffer out) {
    row.clear();
    for (String tag : tags.keySet()) {
      Label label = known.get(tag);
      if (label == null) {
        label = new Label(tag, name(tag));
        known.put(tag, label);
      }
      if (!label.name.isEmpty()) {
        insert(label);
      }
    }
    for (int i = 0; i < row.size(); i++) {
      Label label = row.get(i);
      out.ascii(before).ascii('"').ascii(label.name).ascii("\": ");
      out.quoted(tags.getOrDefault(label.tag, ""));
    }
  }

  /** A node has few tags, as all of them share 512 bytes. */
  private void insert(Label label) {
    int low = 0;
    int high = row.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = row.get(middle).name.compareTo(label.name);
      if (order == 0) {
        if (label.beats(row.get(middle))) {
          row.set(middle, label);
        }
        return;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    row.add(low, label);
  }

  private static String name(String tag) {
    if (saysServices(tag)) {
      return "";
    }
    StringBuilder name = new StringBuilder(PREFIX);
    for (int i = 0; i < tag.length(); i++) {
      char c = tag.charAt(i);
      boolean legal =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      name.append(legal ? c : '_');
    }
    return name.toString();
  }

  /** Whether it is one of {@code P.service_type}, {@code P.S.service_port} and the like. */
  private static boolean saysServices(String tag) {
    if (tag.equals("svc") || tag.equals("products")) {
      return true;
    }
    int dot = tag.lastIndexOf('.');
    if (dot < 1) {
      return false;
    }
    return switch (tag.substring(dot + 1)) {
      case "service_type" -> true;
      case "service_port", "weight", "check" -> tag.lastIndexOf('.', dot - 1) > 0;
      default -> false;
    };
  }
}
