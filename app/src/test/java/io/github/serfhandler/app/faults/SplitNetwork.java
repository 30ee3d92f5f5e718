package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.app.system.ConfDir;
import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of two sides with one link between them, each node in a network namespace of its own;
 * confined to the test.
 *
 * <p>Each side is a bridge, and the link is a pair of interfaces. All of it is in namespaces, so
 * that names are as they like and nothing is left behind.
 */
final class SplitNetwork implements AutoCloseable {
  private final Path temp;
  private final Programs programs;
  private final Enclosure bridges;
  private final List<Node> nodes = new ArrayList<>();

  SplitNetwork(Path temp, Programs programs) {
    this.temp = temp;
    this.programs = programs;
    this.bridges =
        Enclosure.ofNetwork()
            .where(
                """
            for side in left right; do
              ip link add "$side" type bridge
              ip link set "$side" up
            done
            ip link add link-left type veth peer name link-right
            for side in left right; do
              ip link set "link-$side" master "$side"
              ip link set "link-$side" up
            done
            """,
                "may not make bridges here");
  }

  /** A node with a Serf agent and serf-handler beside it. */
  record Node(String name, String side, Enclosure enclosure, ConfDir conf, Program agent) {
    /** Runs the command of Serf. */
    String serf(String... args) {
      return enclosure.run("exec serf \"$@\"", args);
    }
  }

  /** Starts one on a side, {@code left} or {@code right}, and serf-handler with these options. */
  Node start(String name, String side, String... options) {
    int number = nodes.size() + 1;
    Enclosure made = Enclosure.ofNetwork();
    try {
      String ignored =
          bridges.run(
              """
              ip link add "to$1" type veth peer name eth0 netns "$2"
              ip link set "to$1" master "$3"
              ip link set "to$1" up
              """,
              "" + number,
              made.pid(),
              side);
      ignored =
          made.run("ip addr add \"10.99.0.$1/24\" dev eth0; ip link set eth0 up", "" + number);
      Path folder = Files.createDirectory(temp.resolve(name));
      JsonObject settings =
          JsonObject.builder()
              .put("node_name", name)
              .put("bind", "10.99.0." + number + ":7946")
              .put("rpc_addr", "127.0.0.1:7373")
              .put("profile", "local")
              .put("reconnect_interval", "1s")
              .put(
                  "tags",
                  JsonObject.builder()
                      .put("products", "p")
                      .put("svc", "p/web:80,p/" + side + ":80")
                      .build())
              .build();
      Path file = Files.writeString(folder.resolve("agent.json"), settings.compact());
      made.start(folder.resolve("serf.log"), List.of("serf", "agent", "-config-file=" + file));
      made.runUntilDone("serf info >/dev/null");
      if (number > 1) {
        made.runUntilDone("serf join 10.99.0.1");
      }
      ConfDir conf = new ConfDir(folder.resolve("conf"));
      List<String> args = new ArrayList<>(List.of("agent", conf.option(), "--log-level=debug"));
      args.addAll(List.of(options));
      Program agent = programs.start(made.inside(), args.toArray(new String[0]));
      Node node = new Node(name, side, made, conf, agent);
      nodes.add(node);
      return node;
    } catch (IOException e) {
      made.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | AssertionError e) {
      made.close();
      throw e;
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Node> side(String side) {
    return nodes.stream().filter(node -> node.side().equals(side)).toList();
  }

  /** Takes the link between the sides down. */
  void cut() {
    String ignored = bridges.run("ip link set link-left down");
  }

  /** Brings it up again. */
  void heal() {
    String ignored = bridges.run("ip link set link-left up");
  }

  /** Waits until a node sees so many members with a status. */
  static void awaitMembers(Node node, String status, int count) {
    Waiting.until(
        node.name() + " sees " + count + " " + status,
        () ->
            assertThat(
                    node.serf("members", "-status=" + status, "-format=json").split("\"name\"", -1))
                .hasSize(count + 1));
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.enclosure().close());
    bridges.close();
  }
}
