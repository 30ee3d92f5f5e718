package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.client.Payload;
import java.util.Collection;

/**
 * Immutable: what a node made of an update.
 *
 * @param node its name
 * @param result {@code applied}, {@code refused} or {@code silent}
 * @param reason why; empty where it is applied
 */
record NodeResult(String node, String result, String reason) {
  private static final String APPLIED = "applied";
  private static final String ERROR = "error: ";

  /** It holds the update, or a newer one. */
  static NodeResult applied(String node) {
    return new NodeResult(node, APPLIED, "");
  }

  /** It will not hold the update. */
  static NodeResult refused(String node, String reason) {
    return new NodeResult(node, "refused", reason);
  }

  /** It did not answer. */
  static NodeResult silent(String node, String reason) {
    return new NodeResult(node, "silent", reason);
  }

  /** What its answer to {@code config_updated} or {@code config_deleted} means. */
  static NodeResult of(String node, Payload answer) {
    String line = firstLine(answer);
    if (line.equals("ok")) {
      return applied(node);
    }
    return refused(
        node, line.startsWith(ERROR) ? line.substring(ERROR.length()) : "it answered: " + line);
  }

  /** The first line of an answer. */
  static String firstLine(Payload answer) {
    String text = answer.text();
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  boolean isApplied() {
    return result.equals(APPLIED);
  }

  static Table table(Collection<NodeResult> results) {
    Table table = new Table("NODE", "RESULT", "REASON");
    for (NodeResult result : results) {
      table.row(result.node, result.result, result.reason);
    }
    return table;
  }

  /** Adds them as the member {@code nodes} of an object. */
  static void addTo(Json json, Collection<NodeResult> results) {
    json.beginArray("nodes");
    for (NodeResult result : results) {
      json.beginObject()
          .member("node", result.node)
          .member("result", result.result)
          .member("reason", result.reason)
          .endObject();
    }
    json.endArray();
  }
}
