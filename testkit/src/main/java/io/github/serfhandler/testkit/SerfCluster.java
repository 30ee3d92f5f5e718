package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Real Serf agents for tests; thread-safe.
 *
 * <p>As a static field with {@code @RegisterExtension} its agents live until the end of the test
 * class, as an instance field until the end of the test method; without JUnit, close it. Either way
 * no process stays behind, also when the JVM is killed. When a test fails, the ends of the agents'
 * logs are added to its error.
 *
 * <p>Each agent has a loopback address of its own with Serf's usual ports, so that test processes
 * may run side by side. The agents form one cluster only where a test joins them.
 */
public final class SerfCluster
    implements BeforeAllCallback,
        AfterAllCallback,
        AfterEachCallback,
        TestExecutionExceptionHandler,
        AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private final List<SerfNode> nodes = new CopyOnWriteArrayList<>();
  private volatile boolean forClass;

  @GuardedBy("this")
  private @Nullable Path root;

  private SerfCluster() {}

  /** A cluster without agents yet. */
  public static SerfCluster create() {
    return new SerfCluster();
  }

  /** Starts an agent with the defaults and waits until its RPC answers. */
  public SerfNode start(String name) {
    return start(SerfOptions.named(name));
  }

  /** Starts an agent and waits until its RPC answers. */
  public SerfNode start(SerfOptions options) {
    return startAll(List.of(options)).get(0);
  }

  /** Starts agents side by side and waits until all answer. They are not joined. */
  public List<SerfNode> startAll(List<SerfOptions> options) {
    Path serf = Command.find("serf", "apt-get install -y serf");
    List<SerfNode> started = new ArrayList<>();
    for (SerfOptions each : options) {
      SerfNode node = new SerfNode(serf, each, LoopbackAddress.lease(), newFolder());
      nodes.add(node);
      node.launch();
      started.add(node);
    }
    started.forEach(SerfNode::awaitReady);
    return started;
  }

  /**
   * Starts agents {@code node1}, {@code node2} and so on, joins them, and waits until each sees all
   * of them alive.
   */
  public List<SerfNode> startJoined(int count) {
    return startJoined(
        IntStream.rangeClosed(1, count).mapToObj(i -> SerfOptions.named("node" + i)).toList());
  }

  /** The same with options of one's own. */
  public List<SerfNode> startJoined(List<SerfOptions> options) {
    List<SerfNode> started = startAll(options);
    SerfNode first = started.get(0);
    started.stream().skip(1).forEach(node -> node.join(first));
    awaitAllAlive(started.toArray(SerfNode[]::new));
    return started;
  }

  /** Waits until each of these sees all of them alive, 60 s at most. */
  public void awaitAllAlive(SerfNode... of) {
    List<String> names = Arrays.stream(of).map(SerfNode::name).toList();
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> Arrays.stream(of).allMatch(node -> seesAlive(node, names)));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not all of " + names + " see each other; " + logs(), e);
    }
  }

  /** All agents that were started, the dead ones too. */
  public List<SerfNode> nodes() {
    return List.copyOf(nodes);
  }

  /** Ends all agents and removes their files. */
  @Override
  public void close() {
    List<SerfNode> all = List.copyOf(nodes);
    nodes.clear();
    RuntimeException failure = null;
    for (SerfNode node : all) {
      try {
        node.close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    deleteFolders();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!forClass) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (!nodes.isEmpty()) {
      thrown.addSuppressed(new AgentLogs(logs()));
    }
    throw thrown;
  }

  // Numbered, because a node's name may be anything.
  private synchronized Path newFolder() {
    try {
      if (root == null) {
        root = Files.createTempDirectory("serf-cluster");
      }
      return Files.createDirectory(root.resolve(String.valueOf(nodes.size())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for an agent", e);
    }
  }

  private synchronized void deleteFolders() {
    if (root == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      root = null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the agents' folder", e);
    }
  }

  private static boolean seesAlive(SerfNode node, List<String> names) {
    var members = node.members();
    return names.stream().allMatch(name -> "alive".equals(members.get(name)));
  }

  private String logs() {
    return nodes.stream().map(SerfNode::logTail).collect(Collectors.joining("\n"));
  }

  /** Carries the logs into the report of a failed test. */
  private static final class AgentLogs extends Exception {
    private static final long serialVersionUID = 1;

    AgentLogs(String logs) {
      super(logs, null, false, false);
    }
  }
}
