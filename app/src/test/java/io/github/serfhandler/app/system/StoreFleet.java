package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.LiveFiles;
import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes of the product {@code p} with {@code serf-handler agent}, and watchers on nodes without
 * tags. Confined to a test.
 */
public final class StoreFleet {
  private final SerfCluster serf;
  private final Programs programs;
  private final Path temp;
  private final ConfigFleet fleet;
  private List<SerfNode> nodes = List.of();

  /** With these options of {@code agent}, in which {@code HOST} stands for the node's address. */
  public StoreFleet(SerfCluster serf, Programs programs, Path temp, String... options) {
    this.serf = serf;
    this.programs = programs;
    this.temp = temp;
    this.fleet = new ConfigFleet(serf, programs, temp, options);
  }

  /** Starts the nodes of the product. */
  public List<SerfNode> start(String... names) {
    nodes = fleet.start(names);
    return nodes;
  }

  /** Starts a node that only watches: it belongs to no product. */
  public SerfNode coordinator(String name) {
    SerfNode node = serf.start(SerfOptions.named(name).withProfile("local"));
    if (!nodes.isEmpty()) {
      node.join(nodes.get(0));
    }
    return node;
  }

  /** Starts {@code serf-handler watch ...} beside a node. */
  public Program watch(SerfNode node, String... args) {
    List<String> all = new ArrayList<>();
    all.add("watch");
    all.addAll(List.of(args));
    all.add("--rpc-addr=" + node.rpcAddr());
    all.add(conf(node).option());
    return programs.start(all.toArray(new String[0]));
  }

  public ConfDir conf(SerfNode node) {
    return fleet.conf(node);
  }

  /** What a node's files say, by key, without the versions. */
  public Map<String, String> contents(SerfNode node) {
    Map<String, String> contents = new TreeMap<>();
    for (Map.Entry<String, String> file : fleet.files(node).entrySet()) {
      contents.put(file.getKey(), content(file.getKey(), file.getValue()));
    }
    return contents;
  }

  /** The version of a key on a node. */
  public long version(SerfNode node, String key) {
    return parsed(key, fleet.files(node).getOrDefault(key, "{\"_version\":0}")).version();
  }

  private static String content(String key, String file) {
    return parsed(key, file).content().orElseThrow().compact();
  }

  private static ConfigUpdate parsed(String key, String file) {
    return ConfigUpdate.ofFile("p", key, file.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until every node of the product holds exactly these contents. */
  public void awaitContents(Map<String, String> contents) {
    for (SerfNode node : nodes) {
      Waiting.until(
          "the configuration of " + node.name(),
          () -> assertThat(contents(node)).as(node.name()).isEqualTo(contents));
    }
  }

  /** How many nodes' directories hold temporary files or halves of files. */
  public long leftovers() {
    long count = 0;
    for (SerfNode node : nodes) {
      Path product = temp.resolve(node.name()).resolve("p");
      count += LiveFiles.below(product, name -> name.contains(".tmp")).size();
    }
    return count;
  }
}
