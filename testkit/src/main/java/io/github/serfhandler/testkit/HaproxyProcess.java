package io.github.serfhandler.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One real HAProxy in master-worker mode with a configuration file of the test's, without root;
 * thread-safe. Close it: no process stays behind then, nor when the JVM is killed, as workers end
 * with their master.
 *
 * <p>Waiting is bounded (60 s); what does not happen is an {@link AssertionError} that shows the
 * end of its log.
 */
public final class HaproxyProcess implements AutoCloseable {
  private static final String LOADED = "Loading success.";
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final String FAILED = "Reexecuting Master process in waitpid mode";

  private final Path haproxy;
  private final Path config;
  private final Path folder;
  private final ChildLog log;

  @GuardedBy("this")
  private @Nullable GuardedProcess process;

  private HaproxyProcess(Path config, Path folder) {
    this.haproxy = find();
    this.config = config;
    this.folder = folder;
    this.log = new ChildLog(folder.resolve("haproxy.log"), "haproxy", "haproxy");
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param config its file, which it reads at each start and reload
   * @param folder an existing folder, for its log
   */
  public static HaproxyProcess start(Path config, Path folder) {
    HaproxyProcess haproxy = new HaproxyProcess(config, folder);
    haproxy.restart();
    return haproxy;
  }

  /** Has it check a file; gives what it says of one that is wrong, else nothing. */
  public static String check(Path config) {
    try {
      String unused = Command.run(List.of(find().toString(), "-c", "-f", config.toString()));
      return "";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A port of 127.0.0.1 that nothing listens on at the moment. */
  public static int freePort() {
    try (java.net.ServerSocket socket =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("taking a port", e);
    }
  }

  /** The process id of the master. */
  public synchronized long pid() {
    return running().pid();
  }

  /**
   * Has it read its file again, and waits until it has taken or refused it; whether it took it. A
   * master that was just started was seen to miss the signal (HAProxy 2.6, one in some hundred
   * under load), so that one that stays silent gets it again.
   */
  public boolean reload() {
    int loaded = count(LOADED);
    int failed = count(FAILED);
    long begin = System.nanoTime();
    AtomicInteger sent = new AtomicInteger();
    log.await(
        "it to reload",
        () -> {
          if (System.nanoTime() - begin >= sent.get() * SILENCE.toNanos()) {
            sent.incrementAndGet();
            askToReload();
          }
          return count(LOADED) > loaded || count(FAILED) > failed;
        });
    return count(LOADED) > loaded;
  }

  private synchronized void askToReload() {
    running().signal("USR2");
  }

  /** SIGKILL for the master, whose workers end then too. */
  public synchronized void kill() {
    endProcess();
  }

  /** Starts it again; one that still runs is killed before. */
  public void restart() {
    int loaded = count(LOADED);
    synchronized (this) {
      endProcess();
      process =
          GuardedProcess.start(
              List.of(haproxy.toString(), "-W", "-f", config.toString()), folder, log.file());
    }
    log.await("it to listen", () -> isLoaded(loaded));
  }

  /** How often it has read its file since its first start. */
  public int loads() {
    return count(LOADED);
  }

  /** All that it has printed since its first start. */
  public String log() {
    return log.text();
  }

  @Override
  public synchronized void close() {
    endProcess();
  }

  private boolean isLoaded(int before) {
    synchronized (this) {
      if (process == null || !process.isRunning()) {
        throw new AssertionError("haproxy ended at once; " + log.tail());
      }
    }
    return count(LOADED) > before;
  }

  private int count(String text) {
    return (int) log().lines().filter(line -> line.contains(text)).count();
  }

  @GuardedBy("this")
  private GuardedProcess running() {
    if (process == null || !process.isRunning()) {
      throw new IllegalStateException("haproxy does not run; " + log.tail());
    }
    return process;
  }

  @GuardedBy("this")
  private void endProcess() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  /** Debian keeps it where only root's PATH leads. */
  private static Path find() {
    Path usual = Path.of("/usr/sbin/haproxy");
    return Files.isExecutable(usual)
        ? usual
        : Command.find("haproxy", "apt-get install -y haproxy");
  }
}
