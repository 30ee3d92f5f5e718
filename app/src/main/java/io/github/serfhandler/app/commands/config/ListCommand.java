package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.config.KeyState;
import io.github.serfhandler.config.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code config list}: shows what this node holds. */
final class ListCommand implements Command {
  @Override
  public String name() {
    return "config list";
  }

  @Override
  public String summary() {
    return "shows the keys that this node holds";
  }

  @Override
  public String description() {
    return """
        Prints every key that this node holds, without asking any other: version, length,
        when and how it came. STATE is "ok", "deleted", or how the file differs from what
        was published: "edited", "broken" (no JSON, or gone), "unmanaged" (nobody has
        published it yet), "behind" (it could not be written).
        As JSON: a list of objects with product, key, version, bytes, updated, origin,
        state.""";
  }

  @Override
  public String arguments() {
    return "[PRODUCT]";
  }

  @Override
  public int maxArguments() {
    return 1;
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
    return List.of(
        new Example("All keys of this node", "serf-handler config list"),
        new Example(
            "The files that someone has edited",
            "serf-handler config list --format=json"
                + " | jq -r '.[] | select(.state == \"edited\") | .product + \" \" + .key'"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    LocalCopy local = LocalCopy.of(invocation);
    List<LocalRow> rows = new ArrayList<>();
    if (invocation.arguments().isEmpty()) {
      for (String product : local.store().products()) {
        try {
          add(product, local, rows);
        } catch (RejectedException e) {
          invocation.err().line("serf-handler: warning: " + product + ": " + e.reason());
        }
      }
    } else {
      add(KeyName.legal("product", invocation.arguments().get(0)), local, rows);
    }
    if (rows.isEmpty()) {
      String directory = invocation.settings().text(SettingsTable.CONF_DIR);
      invocation.err().line("no configuration in " + directory + "; see --conf-dir");
    }
    if (invocation.value(Option.FORMAT)) {
      LocalRow.json(rows).print(invocation.out());
    } else {
      LocalRow.table(rows).print(invocation.out());
    }
    return ExitStatus.DONE;
  }

  private static void add(String product, LocalCopy local, List<LocalRow> rows)
      throws InterruptedException {
    for (Map.Entry<String, KeyState> key : local.store().survey(product).entrySet()) {
      rows.add(LocalRow.of(new KeyName(product, key.getKey()), key.getValue(), local));
    }
  }
}
