package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.settings.Setting;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** {@code watch dir}: lets the fleet follow a directory. */
final class WatchDirCommand implements Command {
  @Override
  public String name() {
    return "watch dir";
  }

  @Override
  public String summary() {
    return "follows a directory and publishes what changes";
  }

  @Override
  public String description() {
    return """
        Follows the files PRODUCT/KEY.json, .yml and .yaml in a directory, as a checkout of
        git, and publishes them as the configuration of that product and key. A change is
        out within a second. No server is needed; run it on one node.
        """
        + Watching.HOW;
  }

  @Override
  public String arguments() {
    return "DIR";
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
    return Watching.settings();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("A checkout of git", "serf-handler watch dir /srv/config"),
        new Example(
            "What is removed there is removed on the nodes",
            "serf-handler watch dir /srv/config --deletes=on"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    if (invocation.arguments().isEmpty()) {
      throw new UsageException("the directory is needed, as in: watch dir /srv/config");
    }
    Path root = path(invocation.arguments().get(0));
    return Watching.run(invocation, settings -> WiredSources.directory(root));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("the directory can not be: " + e.getReason());
    }
  }
}
