package io.github.serfhandler.catalog;

/**
 * Immutable: one thing in a node's tags (or its address) that cost an instance.
 *
 * @param node the node's name
 * @param tag the tag, or {@code addr} for the node's address
 * @param value the part of its value that is wrong; {@code ""} where the tag is missing
 * @param reason what is wrong with it, and what to do where that is not plain
 */
public record TagProblem(String node, String tag, String value, String reason) {

  /** One line without control characters that names node, tag, value and reason. */
  public String message() {
    return "node "
        + OneLine.quote(node)
        + ": tag "
        + OneLine.quote(tag)
        + (value.isEmpty() ? "" : " = " + OneLine.quote(value))
        + ": "
        + reason;
  }

  @Override
  public String toString() {
    return message();
  }
}
