package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.CommonSettings;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.app.settings.DurationType;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.NaturalOrder;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.replica.StatusQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code config status}: shows whether all nodes hold the same. */
final class StatusCommand implements Command {
  static final Option<Duration> TIMEOUT =
      Option.ofGiven(
          "--timeout",
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "longest wait for the answers (default: the Serf agent's own, some seconds)");

  @Override
  public String name() {
    return "config status";
  }

  @Override
  public String summary() {
    return "shows which nodes hold what, and which of them differ";
  }

  @Override
  public String description() {
    return """
        Asks all nodes what they hold. Without arguments and of a product: a line for each
        node with the number of keys, a digest that is the same on all nodes that hold the
        same, and how many files someone has changed (DRIFT); STATE is "in sync", "differs"
        from most others, or "silent". Of a key: version, hash, and STATE: "newest",
        "behind", "deleted", "missing", "edited" or another word for its file, "refused N"
        for a newer version that the node was sent and did not take, or "silent".
        The exit status is 0 when all nodes hold the same, else 1; a last line on standard
        error sums up. As JSON: a list of objects with node, product, keys, digest, drift,
        state, or node, version, hash, state; a silent node has node and state alone.""";
  }

  @Override
  public String arguments() {
    return "[PRODUCT [KEY]]";
  }

  @Override
  public int maxArguments() {
    return 2;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TIMEOUT, Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    return CommonSettings.talkingAnd();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("All products", "serf-handler config status"),
        new Example("One key on all nodes of shop", "serf-handler config status shop db"),
        new Example(
            "The nodes that are not at the newest version",
            "serf-handler config status shop db --format=json"
                + " | jq -r '.[] | select(.state != \"newest\") | .node'"));
  }

  @Override
  public int run(Invocation invocation) {
    List<String> arguments = invocation.arguments();
    if (arguments.size() == 2) {
      KeyName ignored = KeyName.of(invocation);
    } else if (arguments.size() == 1) {
      String ignored = KeyName.legal("product", arguments.get(0));
    }
    try (SerfClient client = Wiring.client(invocation.settings())) {
      Fleet fleet = new Fleet(client);
      return arguments.size() == 2
          ? ofKey(invocation, fleet, KeyName.of(invocation))
          : ofProducts(invocation, fleet, arguments);
    }
  }

  private static int ofKey(Invocation invocation, Fleet fleet, KeyName name) {
    SortedSet<String> nodes = fleet.of(name.product());
    Answers answers = ask(invocation, fleet, StatusQuestion.of(name.product(), name.key()), nodes);
    List<KeyRow> rows = KeyRow.of(nodes, answers);
    print(invocation, KeyRow.table(rows), KeyRow.json(rows));
    Optional<ShortRevision> newest = KeyRow.newest(answers);
    int silent = 0;
    int different = 0;
    for (KeyRow row : rows) {
      silent += row.isSilent() ? 1 : 0;
      different += row.isRight() || row.isSilent() ? 0 : 1;
    }
    if (newest.isEmpty() && silent < rows.size()) {
      return told(invocation, "no node holds " + name + silentToo(silent));
    }
    String hint = "; publish it once more, or see the log of the node";
    return sum(
        invocation, rows.size(), different, silent, name.product(), different > 0 ? hint : "");
  }

  private static int ofProducts(Invocation invocation, Fleet fleet, List<String> arguments) {
    SortedMap<String, SortedSet<String>> byProduct = fleet.byProduct();
    List<ProductRow> rows = new ArrayList<>();
    if (arguments.isEmpty()) {
      SortedSet<String> nodes = new TreeSet<>(NaturalOrder.INSTANCE);
      for (SortedSet<String> ofProduct : byProduct.values()) {
        nodes.addAll(ofProduct);
      }
      Answers answers = ask(invocation, fleet, StatusQuestion.ALL, nodes);
      for (String product : ProductRow.products(byProduct.keySet(), answers)) {
        SortedSet<String> of = fleet.of(product);
        boolean cut = ProductRow.isCut(product, of, answers);
        Answers told = cut ? ask(invocation, fleet, StatusQuestion.of(product), of) : answers;
        rows.addAll(ProductRow.of(product, of, told, fleet.self()));
      }
    } else {
      String product = arguments.get(0);
      SortedSet<String> nodes = fleet.of(product);
      Answers answers = ask(invocation, fleet, StatusQuestion.of(product), nodes);
      rows.addAll(ProductRow.of(product, nodes, answers, fleet.self()));
    }
    print(invocation, ProductRow.table(rows), ProductRow.json(rows));
    Set<String> nodes = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    Set<String> products = new TreeSet<>();
    for (ProductRow row : rows) {
      nodes.add(row.node());
      if (row.state().equals(ProductRow.SILENT)) {
        silent.add(row.node());
      } else if (!row.state().equals(ProductRow.IN_SYNC)) {
        different.add(row.node());
        products.add(row.product());
      }
    }
    String hint = "";
    if (!products.isEmpty()) {
      hint =
          "; see: serf-handler config status "
              + products.iterator().next()
              + (arguments.isEmpty() ? "" : " KEY");
    }
    String what = arguments.isEmpty() ? "any product" : arguments.get(0);
    return sum(invocation, nodes.size(), different.size(), silent.size(), what, hint);
  }

  private static Answers ask(
      Invocation invocation, Fleet fleet, StatusQuestion question, SortedSet<String> expected) {
    Duration timeout = invocation.given(TIMEOUT).orElse(Duration.ZERO);
    return fleet.ask(question, expected, timeout, Progress.on(invocation.err()));
  }

  private static void print(Invocation invocation, Table table, Json json) {
    if (invocation.value(Option.FORMAT)) {
      json.print(invocation.out());
    } else {
      table.print(invocation.out());
    }
  }

  private static int sum(
      Invocation invocation, int nodes, int different, int silent, String what, String hint) {
    if (nodes == 0) {
      return told(
          invocation, "no alive node belongs to " + what + " by its tags; see: serf-handler nodes");
    }
    if (different == 0 && silent == 0) {
      return ExitStatus.DONE;
    }
    String differ = different == 1 ? " differs" : " differ";
    return told(
        invocation,
        different == 0
            ? silent + " of " + nodes + (silent == 1 ? " nodes is silent" : " nodes are silent")
            : different + " of " + nodes + " nodes" + differ + silentToo(silent) + hint);
  }

  private static String silentToo(int silent) {
    return silent == 0 ? "" : ", " + silent + (silent == 1 ? " is silent" : " are silent");
  }

  private static int told(Invocation invocation, String line) {
    invocation.out().flush();
    invocation.err().line(line);
    return ExitStatus.FAILED;
  }
}
