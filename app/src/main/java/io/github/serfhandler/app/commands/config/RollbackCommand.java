package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.Head;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code config rollback}: publishes an earlier content again. */
final class RollbackCommand implements Command {
  static final Option<Long> TO =
      Option.ofGiven("--to", new VersionType(), "version to go back to (default: the one before)");

  @Override
  public String name() {
    return "config rollback";
  }

  @Override
  public String summary() {
    return "publishes an earlier content of a key once more";
  }

  @Override
  public String description() {
    return """
        Publishes the content of the version before the newest, or of version --to, under
        a new version: versions never go back. The content is taken from what this node
        keeps, so that this is for a node of the product. Where the version before has
        deleted the key, it is deleted again.
        With --wait the nodes are asked to take it and to say so; the status is 0 when all
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
    List<Option<?>> options = new ArrayList<>();
    options.add(TO);
    options.addAll(Sending.OPTIONS);
    return options;
  }

  @Override
  public List<Setting<?>> settings() {
    return Sending.settings();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Take the last change of shop/db back, and wait until every node has",
            "serf-handler config rollback shop db --wait"),
        new Example("Back to version 12", "serf-handler config rollback shop db --to=12"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    KeyName name = KeyName.of(invocation);
    LocalCopy local = LocalCopy.of(invocation);
    ConfigRecord record = local.record(name);
    Optional<Long> to = invocation.given(TO);
    Head head = to.isPresent() ? local.version(record, to.get()) : before(name, record);
    // Whoever names a version knows which; the one before is another one where this node is behind.
    Optional<ShortRevision> base =
        to.isPresent()
            ? Optional.empty()
            : Optional.of(ShortRevision.of(record.newest().revision()));
    return Sending.run(invocation, name, local.content(record, head.revision()), base);
  }

  private static Head before(KeyName name, ConfigRecord record) {
    if (record.versions().size() < 2) {
      throw new FailedException(
          "cannot roll "
              + name
              + " back: this node keeps no version before "
              + record.newest().revision().version()
              + "; publish the content that it should have");
    }
    return record.versions().get(1);
  }
}
