package io.github.serfhandler.app.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: a private cluster of 1 to 9 real Serf agents on the loopback interface. The RPC of
 * the first listens where it was asked for; the others have free ports after it. Each gossips on a
 * loopback address of its own ({@code 127.0.0.11} and on), without mDNS, so that neither a Serf
 * agent of this machine nor another such cluster gets to know them. Configurations and logs are in
 * a directory of their own under the system's directory for temporary files, readable for this user
 * alone, which goes away in the end, or at the next start (see {@link Leftovers}).
 */
public final class DevCluster implements AutoCloseable {
  private static final int FIRST_GOSSIP_PORT = 17946;
  private static final int MOST_TRIES = 3;

  private final Path directory;
  private final List<ChildAgent> agents = new ArrayList<>();

  private DevCluster(Path directory) {
    this.directory = directory;
  }

  /**
   * Immutable: an agent that runs.
   *
   * @param name its node's name
   * @param rpcAddr where its RPC listens
   * @param log where its log is
   */
  public record Node(String name, InetSocketAddress rpcAddr, Path log) {
    @Override
    public String toString() {
      return name + " " + rpcAddr;
    }
  }

  /**
   * Immutable: what is asked for.
   *
   * @param rpcAddr the RPC address of the first agent, unresolved or not
   * @param nodes how many agents, 1 to 9
   * @param authKey the key that their RPC asks for
   * @param limit the longest time for all of them to start
   * @param environment the environment, for the places of programs
   */
  public record Request(
      InetSocketAddress rpcAddr,
      int nodes,
      Optional<String> authKey,
      Duration limit,
      Map<String, String> environment) {
    @Override
    public String toString() {
      return rpcAddr + " " + nodes;
    }
  }

  /** Whether anything accepts connections at an address, within a second. */
  public static boolean isTaken(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(resolved(address), 1000);
      return true;
    } catch (IOException e) {
      // Nobody there, which is an answer.
      return false;
    }
  }

  /**
   * Starts the agents and waits until each one answers.
   *
   * @param cancelled told to stop while starting
   * @throws IOException when they cannot be started; the message is one line with the remedy, and
   *     nothing is left running
   */
  public static DevCluster start(Request request, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    InetSocketAddress first = resolved(request.rpcAddr());
    if (!first.getAddress().isLoopbackAddress()) {
      throw new IOException(
          AgentConfig.address(first)
              + " is not on the loopback interface, where alone --dev starts agents; leave"
              + " --rpc-addr out, or start a Serf agent there");
    }
    Path serf =
        Programs.find("serf", request.environment())
            .orElseThrow(
                () ->
                    new IOException(
                        "serf is not installed; --dev needs it. Run: apt-get install serf"));
    Path place = Path.of(System.getProperty("java.io.tmpdir"));
    DevCluster cluster = new DevCluster(Leftovers.newDirectory(place));
    Leftovers.sweep(cluster.directory);
    try {
      cluster.startAll(request, first, serf, cancelled);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The agents, the first one first. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (ChildAgent agent : agents) {
      AgentConfig config = agent.config();
      nodes.add(new Node(config.sample().name(), config.rpc(), agent.log()));
    }
    return nodes;
  }

  /** Where configurations and logs are. */
  public Path directory() {
    return directory;
  }

  /** Ends all agents and removes their files. */
  @Override
  public void close() {
    for (int i = agents.size() - 1; i >= 0; i--) {
      agents.get(i).close();
    }
    agents.clear();
    directory.toFile().delete();
  }

  private void startAll(
      Request request, InetSocketAddress first, Path serf, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + request.limit().toNanos();
    InetSocketAddress rpc = first;
    InetSocketAddress join = null;
    for (int number = 1; number <= request.nodes(); number++) {
      for (int tries = 1; !start(request, number, rpc, join, serf, deadline, cancelled); tries++) {
        ChildAgent dead = agents.remove(agents.size() - 1);
        String reason = dead.lastWords();
        dead.close();
        // Someone may have taken a port after we had found it free.
        if (tries == MOST_TRIES) {
          String name = dead.config().sample().name();
          throw new IOException("the Serf agent " + name + " did not start: " + reason);
        }
      }
      join = agents.get(0).config().gossip();
      if (number < request.nodes()) {
        rpc = FreePorts.atOrAbove(first.getAddress(), rpc.getPort() + 1);
      }
    }
  }

  /** Starts one more agent and waits for its answer; false where it ended by itself. */
  private boolean start(
      Request request,
      int number,
      InetSocketAddress rpc,
      @Nullable InetSocketAddress join,
      Path serf,
      long deadline,
      BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    AgentConfig config = config(request, number, rpc, join);
    ChildAgent agent = ChildAgent.start(serf, config, directory, request.environment());
    agents.add(agent);
    return awaitAnswer(agent, deadline, cancelled);
  }

  private static AgentConfig config(
      Request request, int number, InetSocketAddress rpc, @Nullable InetSocketAddress join)
      throws IOException {
    InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (10 + number)});
    InetSocketAddress gossip = FreePorts.atOrAbove(host, FIRST_GOSSIP_PORT);
    return new AgentConfig(SampleNode.of(number), gossip, rpc, request.authKey(), join);
  }

  private static boolean awaitAnswer(ChildAgent agent, long deadline, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    String name = agent.config().sample().name();
    while (agent.isAlive() && !isTaken(agent.config().rpc())) {
      if (cancelled.getAsBoolean()) {
        throw new InterruptedException("stopped while starting " + name);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "the Serf agent " + name + " does not answer: " + agent.lastWords() + "; try again");
      }
      Thread.sleep(20);
    }
    return agent.isAlive();
  }

  private static InetSocketAddress resolved(InetSocketAddress address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort());
  }
}
