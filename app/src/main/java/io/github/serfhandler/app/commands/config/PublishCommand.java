package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code config publish}: sends a new version of a piece of configuration. */
final class PublishCommand implements Command {
  @Override
  public String name() {
    return "config publish";
  }

  @Override
  public String summary() {
    return "sends a new version of a key to the nodes of a product";
  }

  @Override
  public String description() {
    return """
        Sends a JSON object as the newest version of a key to all nodes of a product, which
        keep it in PRODUCT/KEY.json. FILE is - or left out for standard input. Its version
        is one more than the newest that this node or an answer tells. It goes as a user
        event, as a query where it is too long for that, or, where this node serves its
        peers, it is announced and they fetch it.
        With --wait the nodes are asked to take it and to say so; the status is 0 when all
        have, else 1, and a table tells which have not.
        """
        + Asked.NO_CANARY
        + """

        As JSON: an object with product, key, version, state, way, bytes, room, and nodes
        (objects with node, result: applied, refused or silent, and reason).""";
  }

  @Override
  public String arguments() {
    return "PRODUCT KEY [FILE]";
  }

  @Override
  public int maxArguments() {
    return 3;
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
            "A new version of shop/db, and wait until every node of shop has it",
            "serf-handler config publish shop db db.json --wait"),
        new Example(
            "Change one member of the newest version",
            "serf-handler config get shop db | jq '.user = \"me\"' | serf-handler config publish shop db"),
        new Example(
            "With a version of your own, signed",
            "serf-handler config publish shop db db.json --version=20261125 --signing-key=ops.key"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    KeyName name = KeyName.of(invocation);
    List<String> arguments = invocation.arguments();
    String file = arguments.size() > 2 ? arguments.get(2) : ContentFile.STANDARD_INPUT;
    JsonObject content = ContentFile.read(file, invocation.err());
    return Sending.run(invocation, name, Optional.of(content), Optional.empty());
  }
}
