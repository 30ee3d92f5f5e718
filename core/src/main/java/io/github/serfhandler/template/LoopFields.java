package io.github.serfhandler.template;

import io.pebbletemplates.pebble.node.ForNode.LoopVariables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code loop} tells within a loop. */
record LoopFields(LoopVariables loop) implements Fields {
  static final List<String> NAMES = List.of("index", "revindex", "first", "last", "length");

  @Override
  public String kind() {
    return "the loop";
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Object field(String name) {
    return switch (name) {
      case "index" -> loop.getIndex();
      case "revindex" -> loop.getRevindex();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "length" -> loop.getLength();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
