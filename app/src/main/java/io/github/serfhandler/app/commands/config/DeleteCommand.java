package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code config delete}: deletes a piece of configuration on all nodes. */
final class DeleteCommand implements Command {
  @Override
  public String name() {
    return "config delete";
  }

  @Override
  public String summary() {
    return "deletes a key on the nodes of a product";
  }

  @Override
  public String description() {
    return """
        Tells all nodes of a product that a key is deleted from a version on: they remove
        PRODUCT/KEY.json and remember that it is gone. A higher version that is published
        later brings it back; so does "config rollback".
        With --wait the nodes are asked to do so and to say it; the status is 0 when all
        have, else 1, and a table tells which have not.
        """
        + Asked.NO_CANARY
        + """

        As JSON: as of "config publish".""";
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
    return Sending.OPTIONS;
  }

  @Override
  public List<Setting<?>> settings() {
    return Sending.settings();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Delete shop/db, and wait until it is gone on every node of shop",
            "serf-handler config delete shop db --wait"),
        new Example("Bring it back", "serf-handler config rollback shop db --wait"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    return Sending.run(invocation, KeyName.of(invocation), Optional.empty(), Optional.empty());
  }
}
