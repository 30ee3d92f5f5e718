package io.github.serfhandler.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Immutable: a path; a relative one starts at the directory that the program was started in. */
public final class PathType implements ValueType<Path> {
  private final String placeholder;

  public PathType(String placeholder) {
    this.placeholder = placeholder;
  }

  @Override
  public Path parse(String text) throws BadValueException {
    if (text.isBlank()) {
      throw new BadValueException("is not a path; write for example /etc/serf-handler");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadValueException("is not a path (" + e.getReason() + ")");
    }
  }

  @Override
  public String format(Path value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return placeholder;
  }

  @Override
  public String allowed() {
    return "a path; a relative one starts at the working directory";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\", \"minLength\": 1";
  }
}
