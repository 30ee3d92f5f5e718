package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.replica.StatusAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Immutable: how a node holds a key, as the state of the fleet is told.
 *
 * @param node its name
 * @param revision what it holds; empty where it holds nothing or was silent
 * @param state {@code newest}, {@code behind}, {@code deleted}, {@code missing}, {@code edited} or
 *     another word for what became of its file, {@code refused N}, {@code silent}, or what it
 *     answered that is no status
 */
record KeyRow(String node, Optional<ShortRevision> revision, String state) {
  private static final String NEWEST = "newest";
  private static final String DELETED = "deleted";
  private static final String SILENT = "silent";

  /**
   * The nodes of a product, in the order of their names.
   *
   * @param nodes those that belong to it by their tags; others that hold the key are added
   */
  static List<KeyRow> of(SortedSet<String> nodes, Answers answers) {
    Optional<ShortRevision> newest = newest(answers);
    SortedSet<String> all = new TreeSet<>(nodes);
    for (Map.Entry<String, StatusAnswer> answer : answers.told().entrySet()) {
      if (answer.getValue().key().isPresent()) {
        all.add(answer.getKey());
      }
    }
    List<KeyRow> rows = new ArrayList<>();
    for (String node : all) {
      StatusAnswer answer = answers.told().get(node);
      if (answer == null) {
        String state = answers.unclear().getOrDefault(node, SILENT);
        rows.add(new KeyRow(node, Optional.empty(), state));
      } else if (answer.key().isEmpty()) {
        rows.add(new KeyRow(node, Optional.empty(), "missing"));
      } else {
        StatusAnswer.KeyStatus status = answer.key().get();
        ShortRevision revision = ShortRevision.of(status);
        Optional<ShortRevision> held = status.isHeld() ? Optional.of(revision) : Optional.empty();
        rows.add(new KeyRow(node, held, state(status, revision, newest)));
      }
    }
    return rows;
  }

  /** The newest revision that any node has told of. */
  static Optional<ShortRevision> newest(Answers answers) {
    Optional<ShortRevision> newest = Optional.empty();
    for (StatusAnswer answer : answers.told().values()) {
      Optional<ShortRevision> one =
          answer.key().filter(StatusAnswer.KeyStatus::isHeld).map(ShortRevision::of);
      if (one.isPresent() && (newest.isEmpty() || one.get().compareTo(newest.get()) > 0)) {
        newest = one;
      }
    }
    return newest;
  }

  private static String state(
      StatusAnswer.KeyStatus status, ShortRevision revision, Optional<ShortRevision> newest) {
    if (status.refused().isPresent() && status.refused().get() > status.version()) {
      return "refused " + status.refused().get();
    }
    if (!status.drift().isEmpty()) {
      return status.drift();
    }
    if (newest.isPresent() && revision.compareTo(newest.get()) < 0) {
      return "behind";
    }
    return revision.deleted() ? DELETED : NEWEST;
  }

  /** Whether the node holds the newest, or has deleted it as all shall. */
  boolean isRight() {
    return state.equals(NEWEST) || state.equals(DELETED);
  }

  boolean isSilent() {
    return state.equals(SILENT);
  }

  static Table table(List<KeyRow> rows) {
    Table table = new Table("NODE", "VERSION", "HASH", "STATE");
    for (KeyRow row : rows) {
      table.row(
          row.node,
          row.revision.map(ShortRevision::version).map(Object::toString).orElse(""),
          row.revision.map(ShortRevision::hash).orElse(""),
          row.state);
    }
    return table;
  }

  static Json json(List<KeyRow> rows) {
    Json json = new Json().beginArray();
    for (KeyRow row : rows) {
      json.beginObject().member("node", row.node);
      if (row.revision.isPresent()) {
        json.member("version", row.revision.get().version());
        json.member("hash", row.revision.get().hash());
      }
      json.member("state", row.state).endObject();
    }
    return json.endArray();
  }
}
