package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import java.util.List;

/** {@code nodes}: prints the members of the cluster and what their tags say. */
final class NodesCommand implements Command {
  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String summary() {
    return "prints the nodes of the cluster and what their tags say";
  }

  @Override
  public String description() {
    return """
        Prints every member that the local Serf agent knows, alive or not: its address,
        state, roles and products, the number of its services, and the number of problems
        with its tags (--format=json says which).""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.talkingAnd();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("All nodes", "serf-handler nodes"),
        new Example(
            "The names of those that are not alive",
            "serf-handler nodes --format=json | jq -r '.[] | select(.status != \"alive\") | .name'"));
  }

  @Override
  public int run(Invocation invocation) {
    throw new FailedException("nodes is not part of this build yet");
  }
}
