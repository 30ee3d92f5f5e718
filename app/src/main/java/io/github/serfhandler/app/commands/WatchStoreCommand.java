package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.io.IOException;
import java.util.List;

/** {@code watch store}: lets the fleet follow a store of the user's own. */
final class WatchStoreCommand implements Command {
  @Override
  public String name() {
    return "watch store";
  }

  @Override
  public String summary() {
    return "follows a store of your own and publishes what changes";
  }

  @Override
  public String description() {
    return """
        Follows a store that a class of your own reads: a ConfigSource, made by a
        ConfigSourceProvider of that NAME in one of the jars.
        """
        + Watching.HOW;
  }

  @Override
  public String arguments() {
    return "NAME";
  }

  @Override
  public int maxArguments() {
    return 1;
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return Watching.settings(
        SettingsTable.HANDLERS_JARS,
        SettingsTable.WATCH_OPTIONS,
        SettingsTable.WATCH_KEYS,
        SettingsTable.WATCH_VALUES);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "The store consul of a jar",
            "serf-handler watch store consul --handlers=consul.jar --option=url=http://127.0.0.1:8500"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    if (invocation.arguments().isEmpty()) {
      throw new UsageException("the name of the store is needed, as in: watch store consul");
    }
    String name = invocation.arguments().get(0);
    return Watching.run(invocation, settings -> WiredSources.store(settings, name));
  }
}
