package io.github.serfhandler.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of a map, which a loop over the map gives. */
record EntryFields(Map.Entry<?, ?> entry) implements Fields {
  static final List<String> NAMES = List.of("key", "value");

  @Override
  public String kind() {
    return "an entry of a map";
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Object field(String name) {
    return name.equals("key") ? entry.getKey() : entry.getValue();
  }
}
