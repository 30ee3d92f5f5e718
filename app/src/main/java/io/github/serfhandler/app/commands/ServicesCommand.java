package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Origin;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.GuardRecord;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.MassLossGuard;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.SerfClient;
import java.time.Instant;
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
        subscribes to and observes those products has in its files. STATUS is that of the
        node; "held" is one that failed and that the mass-loss guard keeps in the files.
        As JSON: a list of objects with product, service, node, addr, port, status.""";
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
    return Commands.talkingAnd(
        SettingsTable.PRODUCTS, SettingsTable.OBSERVE, SettingsTable.CONF_DIR);
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
    Catalog catalog;
    String self;
    try (SerfClient client = Wiring.client(invocation.settings())) {
      self = narrowed(invocation.settings()) ? client.stats().agentName() : "";
      catalog = Catalog.of(client.members());
    }
    List<ServiceRow> rows = rows(invocation, catalog, self);
    if (!invocation.arguments().isEmpty()) {
      String product = invocation.arguments().get(0);
      rows.removeIf(row -> !row.product().equals(product));
      if (rows.isEmpty()) {
        invocation.err().line("no node offers a service of " + Printable.quoted(product));
      }
    }
    if (invocation.value(Option.FORMAT)) {
      ServiceRow.json(rows).print(invocation.out());
    } else {
      ServiceRow.table(rows).print(invocation.out());
    }
    return ExitStatus.DONE;
  }

  /**
   * Whether the command line asks for one node's view; a file's subscription is this node's own.
   */
  private static boolean narrowed(Settings settings) {
    return settings.origin(SettingsTable.PRODUCTS).source() == Origin.Source.FLAG
        || settings.origin(SettingsTable.OBSERVE).source() == Origin.Source.FLAG;
  }

  private static List<ServiceRow> rows(Invocation invocation, Catalog catalog, String self) {
    Settings settings = invocation.settings();
    GuardRecord memory = GuardRecord.read(settings.confDir());
    memory.problem().ifPresent(problem -> invocation.err().line(problem));
    if (!narrowed(settings)) {
      return ServiceRow.ofAll(catalog, memory.state(), Instant.now().minus(settings.guardHold()));
    }
    List<String> products =
        settings
            .products()
            .orElseGet(() -> catalog.node(self).map(Node::products).orElse(List.of()));
    Subscription subscription = Subscription.of(products, settings.observe());
    MassLossGuard guard = new MassLossGuard(Wiring.guard(settings), memory.state());
    return ServiceRow.ofView(guard.pass(catalog, subscription, Instant.now()));
  }
}
