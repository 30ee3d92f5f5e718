package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One real Serf agent on a loopback address of its own; thread-safe. Made by {@link SerfCluster}.
 *
 * <p>Waiting is bounded (60 s); what does not happen is an {@link AssertionError} that shows the
 * end of the agent's log.
 */
public final class SerfNode {

  private final Path serf;
  private final SerfOptions options;
  private final LoopbackAddress address;
  private final Path folder;
  private final ChildLog log;

  @GuardedBy("this")
  private @Nullable GuardedProcess process;

  SerfNode(Path serf, SerfOptions options, LoopbackAddress address, Path folder) {
    this.serf = serf;
    this.options = options;
    this.address = address;
    this.folder = folder;
    this.log = new ChildLog(folder.resolve("serf.log"), name(), name() + " (" + rpcAddr() + ")");
  }

  /** The node's name. */
  public String name() {
    return options.name();
  }

  /** Its loopback address as text: what {@code members} shows. */
  public String host() {
    return address.host();
  }

  /** Where its RPC listens. */
  public InetSocketAddress rpc() {
    return new InetSocketAddress(address.inet(), LoopbackAddress.RPC_PORT);
  }

  /** Where its RPC listens, as {@code HOST:PORT}. */
  public String rpcAddr() {
    return host() + ":" + LoopbackAddress.RPC_PORT;
  }

  /** Where its gossip listens, as {@code HOST:PORT}: what others join. */
  public String gossipAddr() {
    return host() + ":" + LoopbackAddress.GOSSIP_PORT;
  }

  /** The process id of the agent itself. */
  public synchronized long pid() {
    return running().pid();
  }

  /** Whether the process is there; a paused one is. */
  public synchronized boolean isRunning() {
    return process != null && process.isRunning();
  }

  /** All that the agent has printed since its first start. */
  public String log() {
    return log.text();
  }

  /** Joins these nodes and waits until Serf has done so. */
  public void join(SerfNode... others) {
    List<String> args = new ArrayList<>(List.of("join"));
    Arrays.stream(others).map(SerfNode::gossipAddr).forEach(args::add);
    cli(args);
  }

  /** Sets a tag at run time, as {@code serf tags -set} does. */
  public void setTag(String key, String value) {
    cli(List.of("tags", "-set", key + "=" + value));
  }

  /** Sets tags at run time, all at once. */
  public void setTags(Map<String, String> tags) {
    List<String> args = new ArrayList<>(List.of("tags"));
    tags.forEach(
        (key, value) -> {
          args.add("-set");
          args.add(key + "=" + value);
        });
    cli(args);
  }

  /** Deletes a tag at run time. */
  public void deleteTag(String key) {
    cli(List.of("tags", "-delete", key));
  }

  /** Sends a user event, without coalescing. */
  public void event(String name, String payload) {
    cli(List.of("event", "-coalesce=false", name, payload));
  }

  /** Runs {@code serf ARGS} against this agent and gives what it printed. */
  public String cli(List<String> args) {
    List<String> argv = new ArrayList<>(List.of(serf.toString()));
    argv.addAll(args.subList(0, 1));
    argv.add("-rpc-addr=" + rpcAddr());
    argv.addAll(args.subList(1, args.size()));
    return Command.run(argv, Map.of("SERF_RPC_AUTH", options.authKey()));
  }

  /** What this agent sees: name to status, sorted. */
  public Map<String, String> members() {
    try (RawClient client = RawClient.open(rpc(), keyOrNull())) {
      Map<String, String> statuses = new TreeMap<>();
      if (client.ask("members").get("Members") instanceof List<?> members) {
        for (Object member : members) {
          if (member instanceof Map<?, ?> fields) {
            statuses.put(String.valueOf(fields.get("Name")), String.valueOf(fields.get("Status")));
          }
        }
      }
      return statuses;
    } catch (IOException e) {
      throw new UncheckedIOException("members of " + name(), e);
    }
  }

  /** Waits until this agent sees that node with that status. */
  public void awaitStatus(SerfNode other, String status) {
    log.await(
        name() + " to see " + other.name() + " " + status,
        () -> status.equals(members().get(other.name())));
  }

  /** Waits until the agent has printed this text. */
  public void awaitLog(String text) {
    log.await("\"" + text + "\" in the log of " + name(), () -> log().contains(text));
  }

  /** Leaves the cluster, as {@code serf leave} does, and waits for the end of the process. */
  public void leave() {
    cli(List.of("leave"));
    awaitEnd();
  }

  /** SIGKILL; waits for the end of the process. */
  public void kill() {
    synchronized (this) {
      running().signal("KILL");
    }
    awaitEnd();
  }

  /**
   * SIGSTOP; waits until it has reached every thread. The agent answers nothing any more, and its
   * sockets stay open.
   */
  public void pause() {
    GuardedProcess pausing;
    synchronized (this) {
      pausing = running();
    }
    pausing.signal("STOP");
    log.await(name() + " to stop", pausing::isStopped);
  }

  /** SIGCONT. */
  public synchronized void resume() {
    running().signal("CONT");
  }

  /** Waits for the end of the process, whatever ends it. */
  public void awaitEnd() {
    log.await(name() + " to end", () -> !isRunning());
  }

  /**
   * Starts it again at the same address with the options that it began with, and waits until its
   * RPC answers. One that still runs is killed before.
   */
  public void restart() {
    stop();
    launch();
    awaitReady();
  }

  /** The last lines of the log, for messages. */
  String logTail() {
    return log.tail();
  }

  synchronized void launch() {
    try {
      Files.createDirectories(folder);
      Path config = folder.resolve("agent.json");
      Files.writeString(config, AgentFile.text(options, host(), folder.resolve("snapshot")));
      process =
          GuardedProcess.start(
              List.of(serf.toString(), "agent", "-config-file=" + config), folder, log.file());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the folder of " + name(), e);
    }
  }

  void awaitReady() {
    log.await(
        name() + " to answer at " + rpcAddr(),
        () -> {
          if (!isRunning()) {
            throw new AssertionError(name() + " ended at once; " + log.tail());
          }
          return listens();
        });
  }

  synchronized void stop() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  /** Ends the process and gives the address back. */
  void close() {
    stop();
    address.close();
  }

  @GuardedBy("this")
  private GuardedProcess running() {
    if (process == null || !process.isRunning()) {
      throw new IllegalStateException(name() + " does not run; " + log.tail());
    }
    return process;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(rpc(), (int) ChildLog.PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable String keyOrNull() {
    return options.authKey().isEmpty() ? null : options.authKey();
  }
}
