package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Head;
import io.github.serfhandler.config.KeyState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Immutable: how this node holds a key.
 *
 * @param name the key
 * @param version its version; empty where its file has none
 * @param bytes the length of its content
 * @param updated when it came here; empty where no record tells
 * @param origin how it came here; empty where no record tells
 * @param state {@code ok}, {@code deleted}, or how its file differs from the record, in small
 *     letters
 */
record LocalRow(
    KeyName name, Optional<Long> version, int bytes, String updated, String origin, String state) {

  /** A key with a record, or a file without one. */
  static LocalRow of(KeyName name, KeyState state, LocalCopy local) {
    String drift = state.drift().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("");
    if (state.newest().isPresent()) {
      Head head = state.newest().get();
      String word = head.revision().deleted() ? "deleted" : "ok";
      return new LocalRow(
          name,
          Optional.of(head.revision().version()),
          head.bytes(),
          head.time(),
          head.origin(),
          drift.isEmpty() ? word : drift);
    }
    Optional<ConfigUpdate> file = local.unmanaged(name);
    int bytes = file.isPresent() ? file.get().content().orElseThrow().canonical().length : 0;
    return new LocalRow(name, file.map(ConfigUpdate::version), bytes, "", "", drift);
  }

  static Table table(List<LocalRow> rows) {
    Table table = new Table("PRODUCT", "KEY", "VERSION", "BYTES", "UPDATED", "ORIGIN", "STATE");
    for (LocalRow row : rows) {
      table.row(
          row.name.product(),
          row.name.key(),
          row.version.map(Object::toString).orElse(""),
          Integer.toString(row.bytes),
          row.updated,
          row.origin,
          row.state);
    }
    return table;
  }

  static Json json(List<LocalRow> rows) {
    Json json = new Json().beginArray();
    for (LocalRow row : rows) {
      json.beginObject().member("product", row.name.product()).member("key", row.name.key());
      if (row.version.isPresent()) {
        json.member("version", row.version.get());
      }
      json.member("bytes", row.bytes)
          .member("updated", row.updated)
          .member("origin", row.origin)
          .member("state", row.state)
          .endObject();
    }
    return json.endArray();
  }
}
