package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.settings.DurationType;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.catalog.NaturalOrder;
import io.github.serfhandler.client.QueryRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Immutable: whether the nodes are asked to say that they took an update, and which of them.
 *
 * @param waits whether anyone is asked
 * @param timeout how long to wait; empty: as long as is usual
 * @param nodes the names of those that are asked; none means all
 * @param tags expressions by tag that those who are asked match
 */
record Asked(
    boolean waits, Optional<Duration> timeout, List<String> nodes, Map<String, String> tags) {
  static final Option<Boolean> WAIT =
      Option.ofSwitch("--wait", "wait until the nodes of the product say that they have it");
  static final Option<Duration> TIMEOUT =
      Option.ofGiven(
          "--timeout",
          new DurationType(Duration.ofMillis(100), Duration.ofHours(1)),
          "longest wait with --wait (default: the Serf agent's own, some seconds)");
  static final Option<List<String>> NODES =
      Option.ofGiven("--nodes", new NodeNamesType(), "with --wait, ask these nodes alone");
  static final Option<Map<String, String>> TAG =
      Option.ofGiven(
          "--tag", new TagsType(), "with --wait, ask nodes with this tag alone; may be repeated");

  /** What the help of every command that publishes says of narrowing. */
  static final String NO_CANARY =
      """
      --nodes and --tag narrow who is asked, not who gets it: the other nodes of the product
      get it as well, by convergence. That asks fewer nodes; it is no canary.""";

  /** What is around a name or an expression in the agent's own encoding, at most. */
  private static final int AROUND_FILTERS = 16;

  private static final int AROUND_NAME = 5;
  private static final int AROUND_TAG = 24;

  Asked {
    nodes = List.copyOf(nodes);
    tags = Map.copyOf(tags);
  }

  /**
   * As the options say.
   *
   * @throws UsageException where they do not fit together
   */
  static Asked of(Invocation invocation) {
    boolean waits = invocation.value(WAIT);
    for (Option<?> option : List.of(TIMEOUT, NODES, TAG)) {
      if (!waits && invocation.has(option)) {
        throw new UsageException(
            option.flag() + " is for --wait alone; add --wait or leave it out");
      }
    }
    return new Asked(
        waits,
        invocation.given(TIMEOUT),
        invocation.given(NODES).orElse(List.of()),
        invocation.given(TAG).orElse(Map.of()));
  }

  /**
   * The nodes that shall say that they took an update, in the order of their names: those of the
   * product, and named ones in any case.
   */
  SortedSet<String> expected(Fleet fleet, String product) {
    SortedSet<String> expected = new TreeSet<>(NaturalOrder.INSTANCE);
    if (nodes.isEmpty()) {
      expected.addAll(fleet.of(product));
    }
    for (String node : nodes) {
      if (!fleet.isAlive(node)) {
        throw new FailedException(
            "--nodes: no alive node is called "
                + Printable.quoted(node)
                + "; see: serf-handler nodes");
      }
      expected.add(node);
    }
    if (!tags.isEmpty()) {
      expected.retainAll(fleet.matching(tags));
    }
    return expected;
  }

  /** Lets the query ask these nodes alone. */
  void narrow(QueryRequest.Builder request) {
    request.filterNodes(nodes);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      request.filterTag(tag.getKey(), tag.getValue());
    }
  }

  /** The bytes that the narrowing takes in a query, at most. */
  int filterBytes() {
    int bytes = nodes.isEmpty() && tags.isEmpty() ? 0 : AROUND_FILTERS;
    for (String node : nodes) {
      bytes += AROUND_NAME + utf8(node);
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      bytes += AROUND_TAG + utf8(tag.getKey()) + utf8(tag.getValue());
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
