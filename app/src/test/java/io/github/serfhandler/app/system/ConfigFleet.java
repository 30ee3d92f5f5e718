package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfClientOptions;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.publish.MessageLimits;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Real agents of a product, each with {@code serf-handler agent} beside it. Confined to a test. */
public final class ConfigFleet {
  private final SerfCluster serf;
  private final Programs programs;
  private final Path temp;
  private final List<String> options;
  private final Map<String, Program> running = new TreeMap<>();

  /** With these options of {@code agent}, in which {@code HOST} stands for the node's address. */
  public ConfigFleet(SerfCluster serf, Programs programs, Path temp, String... options) {
    this.serf = serf;
    this.programs = programs;
    this.temp = temp;
    this.options = List.of(options);
  }

  /** Starts agents that know each other. */
  public List<SerfNode> start(String... names) {
    List<SerfNode> nodes =
        serf.startJoined(
            Stream.of(names)
                .map(n -> SerfOptions.named(n).withProfile("local").withTag("products", "p"))
                .toList());
    for (SerfNode node : nodes) {
      handle(node);
    }
    for (SerfNode node : nodes) {
      Program ignored = program(node).awaitErr("listening to user events and queries");
    }
    return nodes;
  }

  /** Starts {@code serf-handler agent} beside a node. */
  public Program handle(SerfNode node) {
    List<String> args = new ArrayList<>();
    args.add("agent");
    args.add("--rpc-addr=" + node.rpcAddr());
    args.add(conf(node).option());
    args.add("--log-level=debug");
    for (String option : options) {
      args.add(option.replace("HOST", node.host()));
    }
    Program program = programs.start(args.toArray(new String[0]));
    running.put(node.name(), program);
    return program;
  }

  public Program program(SerfNode node) {
    return Objects.requireNonNull(running.get(node.name()), node.name());
  }

  public ConfDir conf(SerfNode node) {
    return new ConfDir(temp.resolve(node.name()));
  }

  /** Sends an update by a node's agent, without any pause. */
  public static void publish(SerfNode by, ConfigUpdate... updates) {
    SerfClientOptions options = SerfClientOptions.builder().address(by.rpc()).build();
    try (SerfClient client = SerfClient.open(options)) {
      Publisher publisher = new Publisher(client, MessageLimits.DEFAULT);
      for (ConfigUpdate update : updates) {
        Publisher.Way ignored = publisher.send(update, by.name(), false);
      }
    }
  }

  public static ConfigUpdate update(String key, long version, String text) {
    return new ConfigUpdate("p", key, version, JsonObject.builder().put("text", text).build());
  }

  /** Waits until every one of these nodes holds exactly these files. */
  public void awaitFiles(List<SerfNode> nodes, Map<String, String> files) {
    for (SerfNode node : nodes) {
      Waiting.until(
          "the configuration of " + node.name(),
          () -> assertThat(files(node)).as(node.name()).isEqualTo(files));
    }
  }

  /** What a node has, by key. */
  public Map<String, String> files(SerfNode node) {
    Path folder = conf(node).file("p");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(f -> f.toString().endsWith(".json")).toList()) {
        String name = file.getFileName().toString();
        files.put(name.substring(0, name.length() - ".json".length()), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The file of an update. */
  public static String file(ConfigUpdate update) {
    return new String(update.fileBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
