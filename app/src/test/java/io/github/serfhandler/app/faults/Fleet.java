package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.app.system.ConfigFleet;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Nodes that offer {@code p/web} and hold the configuration of {@code p}, each with {@code
 * serf-handler agent} beside it, and what all of them must hold in the end. Confined to a test.
 */
final class Fleet {
  /** The keys that are published. */
  static final int KEYS = 4;

  /** The port of every node at its start. */
  static final int FIRST_PORT = 1000;

  // Long enough that a file takes more than one look to read, short enough for a user event.
  private static final String PADDING = "x".repeat(200);
  private static final String CRASH = "send on closed channel";
  private static final String LISTENING = "listening to user events and queries";

  private final SerfCluster serf;
  private final Path temp;
  private final ConfigFleet agents;
  private final List<Program> started = new ArrayList<>();
  private final Map<String, ConfigUpdate> newest = new TreeMap<>();
  private final Map<String, Integer> ports = new TreeMap<>();
  private List<SerfNode> nodes = List.of();
  private long updates;
  private int crashes;

  /** Who reads where a program was killed: from then on a Serf agent may crash. */
  private Optional<FileWatch> told = Optional.empty();

  /** One that looks and compares more often than by default, since the tests wait for that. */
  static Fleet quick(SerfCluster serf, Programs programs, Path temp) {
    return new Fleet(serf, programs, temp, "--config-sync-max=5s", "--poll-members-max=1s");
  }

  /** With these options of {@code agent}, in which {@code HOST} stands for the node's address. */
  Fleet(SerfCluster serf, Programs programs, Path temp, String... options) {
    this.serf = serf;
    this.temp = temp;
    this.agents = new ConfigFleet(serf, programs, temp, options);
  }

  /** Starts agents that know each other, and the programs beside them. */
  List<SerfNode> start(String... names) {
    nodes = serf.startJoined(Stream.of(names).map(Fleet::options).toList());
    for (SerfNode node : nodes) {
      ports.put(node.name(), FIRST_PORT);
      Program ignored = handle(node);
    }
    for (SerfNode node : nodes) {
      Program ignored = program(node).awaitErr(LISTENING);
    }
    return nodes;
  }

  private static SerfOptions options(String name) {
    return SerfOptions.named(name)
        .withProfile("local")
        .withTag("products", "p")
        .withTag("svc", "p/web:" + FIRST_PORT);
  }

  /** The text of an update of that version, by which a reader knows a torn one. */
  static String text(long version) {
    return "of version " + version + " " + PADDING;
  }

  Program program(SerfNode node) {
    return agents.program(node);
  }

  ConfDir conf(SerfNode node) {
    return agents.conf(node);
  }

  /** What readers of all nodes read. */
  FileWatch watch() {
    List<Path> files = new ArrayList<>();
    for (SerfNode node : nodes) {
      files.add(conf(node).file("services.json"));
      files.add(conf(node).file("services.yml"));
      for (int i = 0; i < KEYS; i++) {
        files.add(conf(node).file("p/key" + i + ".json"));
      }
    }
    return FileWatch.of(files);
  }

  /** How many updates there were. */
  long updates() {
    return updates;
  }

  /** How many Serf agents ended by Serf's own fault, see docs/reference/handlers.md. */
  int crashes() {
    return crashes;
  }

  /** A version of a key that is above all of before; it counts as published. */
  ConfigUpdate next(Random random) {
    updates++;
    ConfigUpdate update = ConfigFleet.update("key" + random.nextInt(KEYS), updates, text(updates));
    newest.put(update.key(), update);
    return update;
  }

  /** Publishes a newer version of any key, or lets the node offer another port. */
  void change(SerfNode by, Random random) {
    if (random.nextInt(4) > 0) {
      ConfigFleet.publish(by, next(random));
    } else {
      movePort(by);
    }
  }

  /** Lets a node offer the next port. */
  void movePort(SerfNode node) {
    updates++;
    node.setTag("svc", "p/web:" + ports.merge(node.name(), 1, Integer::sum));
  }

  /** SIGKILL of the program beside a node. */
  void kill(SerfNode node) {
    Program program = program(node);
    program.process().destroyForcibly();
    assertThat(program.status()).as(program.toString()).isEqualTo(137);
  }

  /** Starts the program beside a node again, and its Serf agent where that crashed. */
  Program handle(SerfNode node) {
    Program program = agents.handle(node);
    started.add(program);
    return program;
  }

  /** The Serf agents of these nodes do not live all the while. */
  void letLack(FileWatch watch, List<SerfNode> some) {
    some.forEach(node -> watch.letLack(conf(node).folder(), node.name()));
  }

  /**
   * Starts those Serf agents again that ended because a client of their event stream did; they
   * offer the first port again. One takes its time to end, so that {@link #awaitListening} and
   * {@link #assertConverged} look again from now on.
   */
  void revive(FileWatch watch) {
    told = Optional.of(watch);
    for (SerfNode node : nodes) {
      if (!node.isRunning()) {
        assertThat(node.log()).as("how " + node.name() + " ended").contains(CRASH);
        watch.letPortsFall();
        letLack(watch, List.of(node));
        crashes++;
        ports.put(node.name(), FIRST_PORT);
        restart(node);
      }
    }
  }

  /** SIGKILL and a new start of a Serf agent, which then finds its cluster. */
  void restart(SerfNode node) {
    node.restart();
    for (SerfNode other : nodes) {
      if (!other.name().equals(node.name()) && other.isRunning()) {
        node.join(other);
        return;
      }
    }
  }

  /** Whether the program beside a node has come to hear events. */
  boolean isListening(SerfNode node) {
    return program(node).err().contains(LISTENING);
  }

  /** Waits until the program beside a node hears events. */
  void awaitListening(SerfNode node) {
    Waiting.until(
        "the program beside " + node.name(),
        () -> {
          told.ifPresent(this::revive);
          assertThat(program(node).err()).contains(LISTENING);
        });
  }

  /** Waits until every node holds the newest of all, and checks that nothing else is there. */
  void assertConverged() {
    // Whoever listens to the agent that runs now ends it no more.
    nodes.forEach(this::awaitListening);
    assertConfigured(nodes);
    for (SerfNode node : nodes) {
      Waiting.until(
          "the services of " + node.name(),
          () -> {
            told.ifPresent(this::revive);
            String text = conf(node).text("services.json");
            assertThat(conf(node).nodes("p", "web")).containsExactlyElementsOf(ports.keySet());
            for (Map.Entry<String, Integer> port : ports.entrySet()) {
              assertThat(text)
                  .containsPattern(
                      "\"name\": \""
                          + port.getKey()
                          + "\",\\s+\"port\": "
                          + port.getValue()
                          + "\n");
            }
          });
    }
    ConfDir first = conf(nodes.get(0));
    for (SerfNode node : nodes) {
      Waiting.until(
          "the files of " + node.name(),
          () -> assertThat(conf(node).texts()).isEqualTo(first.texts()));
      assertThat(new Remains(temp.resolve(node.name())).damage()).isEmpty();
      assertThat(program(node).isRunning()).as(node.name()).isTrue();
    }
    // Also of those that were killed since.
    for (Program program : started) {
      assertThat(program.logged("ERROR")).isEmpty();
    }
  }

  /** Waits until these nodes hold the newest configuration. */
  void assertConfigured(List<SerfNode> some) {
    Map<String, String> files = new TreeMap<>();
    newest.forEach((key, update) -> files.put(key, ConfigFleet.file(update)));
    for (SerfNode node : some) {
      Waiting.until(
          "the configuration of " + node.name(),
          () -> {
            told.ifPresent(this::revive);
            assertThat(agents.files(node)).as(node.name()).isEqualTo(files);
          });
    }
  }

  /** The file of a key on a node, empty where there is none. */
  String file(SerfNode node, String key) {
    try {
      return conf(node).text("p/" + key + ".json");
    } catch (UncheckedIOException e) {
      return "";
    }
  }

  /** What writers left in the directory of a node. */
  Remains remains(SerfNode node) {
    return new Remains(temp.resolve(node.name()));
  }
}
