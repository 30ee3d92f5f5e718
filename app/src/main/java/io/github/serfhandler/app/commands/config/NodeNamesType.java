package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Immutable: names of nodes with {@code ,} between them. */
final class NodeNamesType implements ValueType<List<String>> {
  @Override
  public List<String> parse(String text) throws BadValueException {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.trim();
      if (!name.isEmpty() && !names.contains(name)) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      throw new BadValueException("names no node; write for example node1,node2");
    }
    return List.copyOf(names);
  }

  @Override
  public String format(List<String> value) {
    return String.join(",", value);
  }

  @Override
  public String placeholder() {
    return "NODE[,NODE...]";
  }

  @Override
  public String allowed() {
    return "names of nodes with `,` between them";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\"";
  }
}
