package io.github.serfhandler.json;

/**
 * A text is not the JSON that it should be, or a value is not of the kind that was asked for. The
 * message is one line; it tells place and expectation and quotes nothing of the content, which may
 * be secret.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /** A value is not what it should be. */
  JsonException(String problem) {
    this(0, 0, problem);
  }

  /** A text is not what it should be, at that place. */
  JsonException(int line, int column, String problem) {
    super(line == 0 ? problem : "line " + line + ", column " + column + ": " + problem);
    this.line = line;
    this.column = column;
  }

  static JsonException unlike(String expected, JsonValue found) {
    return new JsonException("expected " + expected + ", found " + found.kind());
  }

  /** The line of the text, from 1; 0 where it is not about a place in a text. */
  public int line() {
    return line;
  }

  /** The character in the line, from 1; 0 where it is not about a place in a text. */
  public int column() {
    return column;
  }
}
