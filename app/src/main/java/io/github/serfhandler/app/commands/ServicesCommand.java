package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.List;

/** {@code services}: prints the instances of the services in the cluster. */
final class ServicesCommand implements Command {
  @Override
  public String name() {
    return "services";
  }

  @Override
  public String summary() {
    return "prints the services of the cluster and where they run";
  }

  @Override
  public String description() {
    return """
        Prints every instance of every service that the tags of the members describe, with
        the state of its node. With --products or --observe it prints just what a node that
        subscribes to and observes those products has in its files.""";
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
    return Commands.talkingAnd(SettingsTable.PRODUCTS, SettingsTable.OBSERVE);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Everything that the cluster offers", "serf-handler services"),
        new Example("One product, for a program", "serf-handler services product1 --format=json"),
        new Example(
            "What a node with these subscriptions sees",
            "serf-handler services --products=product1 --observe=product2"));
  }

  @Override
  public int run(Invocation invocation) {
    throw new FailedException("services is not part of this build yet");
  }
}
