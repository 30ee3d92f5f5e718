package io.github.serfhandler.app.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Immutable: a list of paths with {@code :} between them, as in {@code PATH}. */
public final class PathsType implements ValueType<List<Path>> {
  private final PathType type;

  /** Paths that a usage line calls by this word. */
  public PathsType(String placeholder) {
    this.type = new PathType(placeholder);
  }

  @Override
  public List<Path> parse(String text) throws BadValueException {
    List<Path> paths = new ArrayList<>();
    for (String part : text.split(":", -1)) {
      if (!part.isEmpty()) {
        Path path = type.parse(part);
        if (!paths.contains(path)) {
          paths.add(path);
        }
      }
    }
    return List.copyOf(paths);
  }

  @Override
  public String format(List<Path> value) {
    StringBuilder text = new StringBuilder();
    for (Path path : value) {
      text.append(text.length() == 0 ? "" : ":").append(path);
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return type.placeholder() + "[:" + type.placeholder() + "...]";
  }

  @Override
  public String allowed() {
    return "paths with `:` between them; in YAML also a sequence";
  }

  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public String schema() {
    return "\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\", \"pattern\":"
        + " \"^[^:]*[^: ][^:]*$\"}";
  }
}
