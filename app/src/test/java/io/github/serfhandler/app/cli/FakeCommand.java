package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.IntType;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command that does what the test says, and the table that holds it alone. */
final class FakeCommand implements Command, CommandTable {
  static final Option<Boolean> FAST = Option.ofSwitch("--fast", "hurry");
  static final Option<Integer> COUNT = Option.of("--count", new IntType(1, 9), "3", "how many");

  /** What the command does. */
  interface Work {
    int run(Invocation invocation) throws IOException, InterruptedException;
  }

  private final Work work;
  @Nullable Invocation last;

  FakeCommand(Work work) {
    this.work = work;
  }

  @Override
  public List<String> names() {
    return List.of("fake");
  }

  @Override
  public Optional<Command> find(String name) {
    return name.equals("fake") ? Optional.of(this) : Optional.empty();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String summary() {
    return "does nothing";
  }

  @Override
  public String description() {
    return "Does nothing at all.";
  }

  @Override
  public String arguments() {
    return "[WHAT]";
  }

  @Override
  public int maxArguments() {
    return 1;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(FAST, COUNT);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(
        SettingsTable.RPC_ADDR,
        SettingsTable.RPC_AUTH,
        SettingsTable.HANDLERS_SCRIPTS,
        SettingsTable.LOG_LEVEL);
  }

  @Override
  public List<Example> examples() {
    return List.of(new Example("Nothing", "serf-handler fake"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    last = invocation;
    return work.run(invocation);
  }
}
