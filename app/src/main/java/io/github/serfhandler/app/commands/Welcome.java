package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.dev.DevCluster;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.output.FileSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stateless: what {@code agent} says when it starts: what runs, where the files are, what next. */
final class Welcome {
  private Welcome() {}

  /**
   * The text, with a line end.
   *
   * @param cluster the private cluster; null where the agent was there already
   */
  static String text(Settings settings, @Nullable DevCluster cluster) {
    String addr = settings.text(SettingsTable.RPC_ADDR);
    StringBuilder out = new StringBuilder(1024);
    out.append("serf-handler follows the Serf agent at ").append(addr);
    out.append('\n');
    files(settings, out);
    if (cluster == null) {
      return out.append("Stop with ctrl-c.\n").toString();
    }
    out.append('\n');
    agents(cluster, out);
    List<DevCluster.Node> nodes = cluster.nodes();
    String last = address(nodes.get(nodes.size() - 1));
    String conf = Printable.of(settings.confDir().toString());
    out.append("\nIn another terminal:\n");
    command(out, "serf members -rpc-addr=" + addr, "the cluster as Serf sees it");
    command(out, "cat " + conf + "/services.json", "the cluster as your programs see it");
    command(out, "./serf-handler services --rpc-addr=" + addr, "all that the cluster offers");
    command(
        out,
        "serf tags -rpc-addr=" + addr + " -set product1.web.service_port=8088",
        "the file follows at once");
    command(
        out,
        "echo '{\"rate\": 5}' | ./serf-handler config publish product1 limits --rpc-addr=" + addr,
        "configuration for all nodes of a product: " + conf + "/product1/limits.json");
    if (nodes.size() > 1) {
      command(out, "serf leave -rpc-addr=" + last, "its services go");
    }
    return out.append("Stop with ctrl-c.\n\n").toString();
  }

  /** The text for a run that is over, with its agents, before one could type anything. */
  static String textOfOnePass(Settings settings, DevCluster cluster) {
    StringBuilder out = new StringBuilder(256);
    files(settings, out);
    agents(cluster, out);
    return out.toString();
  }

  private static void files(Settings settings, StringBuilder out) {
    if (settings.files().isEmpty() && settings.defaultFiles()) {
      String directory = Printable.of(settings.confDir().toAbsolutePath().normalize().toString());
      out.append("Files: ").append(directory);
      out.append("/{services.json,services.yml,fakedhosts.txt}\n");
      return;
    }
    String before = "Files: ";
    for (FileSpec file : Wiring.files(settings)) {
      String path = Printable.of(file.path().toAbsolutePath().normalize().toString());
      out.append(before).append(path).append('\n');
      before = "       ";
    }
  }

  private static void agents(DevCluster cluster, StringBuilder out) {
    out.append("Private Serf agents of this run (they end with it):\n");
    for (DevCluster.Node node : cluster.nodes()) {
      out.append("  ").append(node.name()).append("  RPC ").append(address(node));
      out.append("  log ").append(node.log()).append('\n');
    }
  }

  private static void command(StringBuilder out, String line, String purpose) {
    out.append("  # ").append(purpose).append("\n  ").append(line).append('\n');
  }

  private static String address(DevCluster.Node node) {
    String host = node.rpcAddr().getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + node.rpcAddr().getPort();
  }
}
