package io.github.serfhandler.rule;

import java.nio.file.Path;

/**
 * A file is no JSON Schema that can be used. The message is one line: file, place, problem, remedy.
 * A retry is of no use until the file was mended.
 */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(Path file, String problem) {
    super("schema " + file + ": " + problem);
  }

  SchemaException(Path file, String problem, Throwable cause) {
    super("schema " + file + ": " + problem, cause);
  }
}
