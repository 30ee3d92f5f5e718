package io.github.serfhandler.app.doctor;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.TagProblem;
import io.github.serfhandler.client.AgentStats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stateless: looks at what the tags of the nodes say, and whether there is room for more. */
final class TagChecks {
  /** The most bytes that all tags of a node may encode to (MetaMaxSize in memberlist's net.go). */
  static final int LIMIT = 512;

  private static final int MOST_PROBLEMS = 10;

  private TagChecks() {}

  static List<Check> of(AgentStats stats, Catalog catalog) {
    List<Check> checks = new ArrayList<>();
    checks.add(size(stats.tags()));
    Optional<Node> self = catalog.node(stats.agentName());
    if (self.isPresent()) {
      own(self.get(), checks);
    }
    others(stats.agentName(), catalog, checks);
    return checks;
  }

  private static Check size(Map<String, String> tags) {
    int size = encodedSize(tags);
    String finding = size + " of " + LIMIT + " bytes";
    return size <= LIMIT * 9 / 10
        ? Check.ok("own tags", finding)
        : Check.warn(
            "own tags",
            finding + ": little room is left",
            "write the services in the compact tag svc (svc=PRODUCT/SERVICE:PORT,...)");
  }

  private static void own(Node node, List<Check> checks) {
    for (TagProblem problem : node.problems()) {
      // A node that only consumes a product works without it.
      boolean consumes = problem.tag().endsWith(".service_type") && problem.value().isEmpty();
      String remedy = "mend it: serf tags -set TAG=VALUE";
      checks.add(
          consumes
              ? Check.warn("own tags", problem.message(), remedy)
              : Check.fail("own tags", problem.message(), remedy));
    }
    if (node.problems().isEmpty()) {
      checks.add(
          Check.ok(
              "own tags",
              "products " + orNone(node.products()) + ", " + node.offers().size() + " services"));
    }
  }

  private static void others(String self, Catalog catalog, List<Check> checks) {
    int count = 0;
    for (TagProblem problem : catalog.problems()) {
      if (problem.node().equals(self)) {
        continue;
      }
      count++;
      if (count <= MOST_PROBLEMS) {
        checks.add(Check.warn("tags of others", problem.message(), "mend it on that node"));
      }
    }
    if (count > MOST_PROBLEMS) {
      checks.add(
          Check.warn(
              "tags of others",
              "and " + (count - MOST_PROBLEMS) + " more",
              "see: serf-handler nodes --format=json"));
    } else if (count == 0) {
      checks.add(Check.ok("tags of others", "all can be used"));
    }
  }

  private static String orNone(List<String> products) {
    return products.isEmpty() ? "none" : String.join(":", products);
  }

  /**
   * How many bytes Serf makes of tags: a magic byte and a msgpack map whose strings are written in
   * the old raw format (encodeTags in serf/serf.go, 0.9.4): below 32 bytes one byte of length,
   * above that three.
   */
  static int encodedSize(Map<String, String> tags) {
    int size = 1 + (tags.size() < 16 ? 1 : 3);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      size += encodedSize(tag.getKey()) + encodedSize(tag.getValue());
    }
    return size;
  }

  private static int encodedSize(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return length + (length < 32 ? 1 : 3);
  }
}
