package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.Head;
import java.util.List;

/** {@code config history}: shows the versions of a key. */
final class HistoryCommand implements Command {
  private static final int SHOWN_DIGITS = 12;

  @Override
  public String name() {
    return "config history";
  }

  @Override
  public String summary() {
    return "shows the versions of a key that this node has seen";
  }

  @Override
  public String description() {
    return """
        Prints the versions of a key that this node keeps, the newest first: when and how
        each came here, the length of its content and the begin of its SHA-256; "deleted"
        stands there where that version deletes the key. config.history says how many are
        kept. As JSON: a list of objects with version, time, origin, bytes, sha256 (all of
        it; empty where deleted), state (kept or deleted).""";
  }

  @Override
  public String arguments() {
    return "PRODUCT KEY";
  }

  @Override
  public int maxArguments() {
    return 2;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigCommands.LOCAL;
  }

  @Override
  public List<Example> examples() {
    return List.of(new Example("The versions of shop/db", "serf-handler config history shop db"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    KeyName name = KeyName.of(invocation);
    ConfigRecord record = LocalCopy.of(invocation).record(name);
    if (invocation.value(Option.FORMAT)) {
      json(record).print(invocation.out());
    } else {
      table(record).print(invocation.out());
    }
    return ExitStatus.DONE;
  }

  private static Table table(ConfigRecord record) {
    Table table = new Table("VERSION", "TIME", "ORIGIN", "BYTES", "SHA256");
    for (Head head : record.versions()) {
      boolean deleted = head.revision().deleted();
      table.row(
          Long.toString(head.revision().version()),
          head.time(),
          head.origin(),
          Integer.toString(head.bytes()),
          deleted ? "deleted" : head.revision().sha256().substring(0, SHOWN_DIGITS));
    }
    return table;
  }

  private static Json json(ConfigRecord record) {
    Json json = new Json().beginArray();
    for (Head head : record.versions()) {
      json.beginObject()
          .member("version", head.revision().version())
          .member("time", head.time())
          .member("origin", head.origin())
          .member("bytes", head.bytes())
          .member("sha256", head.revision().sha256())
          .member("state", head.revision().deleted() ? "deleted" : "kept")
          .endObject();
    }
    return json.endArray();
  }
}
