package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Head;
import io.github.serfhandler.config.KeyState;
import io.github.serfhandler.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code config get}: prints the content of a key. */
final class GetCommand implements Command {
  static final Option<Long> VERSION =
      Option.ofGiven("--version", new VersionType(), "an earlier version (default: the newest)");

  @Override
  public String name() {
    return "config get";
  }

  @Override
  public String summary() {
    return "prints the content of a key that this node holds";
  }

  @Override
  public String description() {
    return """
        Prints the content of a key as this node holds it: exactly what was published, as
        JSON with 4 spaces, without the _version that stands in the file. So it can be
        changed and published again. Where someone has edited the file, what was published
        is printed, and a warning on standard error.""";
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
    return List.of(VERSION);
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigCommands.LOCAL;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("The newest content of shop/db", "serf-handler config get shop db"),
        new Example("As it was in version 12", "serf-handler config get shop db --version=12"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    KeyName name = KeyName.of(invocation);
    LocalCopy local = LocalCopy.of(invocation);
    JsonObject content = content(invocation, name, local);
    invocation.out().line(content.indented());
    return ExitStatus.DONE;
  }

  private static JsonObject content(Invocation invocation, KeyName name, LocalCopy local)
      throws InterruptedException {
    Optional<Long> version = invocation.given(VERSION);
    if (version.isEmpty() && local.store().record(name.product(), name.key()).isEmpty()) {
      Optional<ConfigUpdate> file = local.unmanaged(name);
      if (file.isPresent()) {
        return file.get().content().orElseThrow();
      }
    }
    ConfigRecord record = local.record(name);
    Head head = version.isPresent() ? local.version(record, version.get()) : record.newest();
    if (head.revision().deleted()) {
      throw new FailedException(
          name
              + " is deleted in version "
              + head.revision().version()
              + "; see: serf-handler config history "
              + name.product()
              + " "
              + name.key());
    }
    if (version.isEmpty()) {
      warnOfDrift(invocation, name, local, head);
    }
    return local.content(record, head.revision()).orElseThrow();
  }

  private static void warnOfDrift(Invocation invocation, KeyName name, LocalCopy local, Head head)
      throws InterruptedException {
    KeyState state = local.store().survey(name.product()).get(name.key());
    if (state != null && state.drift().isPresent()) {
      invocation
          .err()
          .line(
              "serf-handler: warning: the file of "
                  + name
                  + " is not as published; this is "
                  + head.revision()
                  + "; see: serf-handler config diff "
                  + name.product()
                  + " "
                  + name.key()
                  + " --file");
    }
  }
}
