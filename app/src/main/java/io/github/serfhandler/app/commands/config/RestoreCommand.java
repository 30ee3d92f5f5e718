package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.Applied;
import java.util.List;
import java.util.Optional;

/** {@code config restore}: makes a file what was published. */
final class RestoreCommand implements Command {
  @Override
  public String name() {
    return "config restore";
  }

  @Override
  public String summary() {
    return "makes a file that someone edited what was published";
  }

  @Override
  public String description() {
    return """
        Writes the newest version of a key that this node has seen over its file, where
        someone edited or removed that. What was edited is kept beside it, as KEY.edited.
        Concerns this node alone, and publishes nothing. Prints "restored" or "unchanged".""";
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
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigCommands.LOCAL;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("What was edited", "serf-handler config diff shop db --file"),
        new Example("Undo it", "serf-handler config restore shop db"),
        new Example(
            "Or let all nodes have it",
            "jq 'del(._version)' conf/shop/db.json | serf-handler config publish shop db"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    KeyName name = KeyName.of(invocation);
    LocalCopy local = LocalCopy.of(invocation);
    Optional<Applied> applied = local.store().restore(name.product(), name.key());
    if (applied.isEmpty()) {
      throw new FailedException(
          "cannot restore "
              + name
              + ": this node has no record of it in "
              + LocalCopy.shown(invocation.settings().confDir())
              + "; see --conf-dir");
    }
    if (applied.get().notice().isPresent()) {
      invocation.err().line(Printable.of(applied.get().notice().get()));
    }
    String word = applied.get().changed() ? "restored " : "unchanged ";
    invocation.out().line(word + name + " " + applied.get().stored());
    return ExitStatus.DONE;
  }
}
