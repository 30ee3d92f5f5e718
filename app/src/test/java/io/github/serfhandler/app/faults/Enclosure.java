package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A mount, network and process namespace of its own, in which a test starts programs; confined to
 * the test's thread.
 *
 * <p>What is mounted and connected inside is nowhere else, and ends with it. Its first process
 * reads a pipe whose other end is here: when this JVM ends, however it ends, the kernel closes the
 * pipe, that process ends, and the kernel kills all in the process namespace.
 */
final class Enclosure implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process holder;
  private final long pid;

  private Enclosure(Process holder, long pid) {
    this.holder = holder;
    this.pid = pid;
  }

  /** One with a private copy of the mounts, and the network of the machine. */
  static Enclosure ofMounts() {
    return open("--mount");
  }

  /** One with a network that is nothing but its loopback, besides. */
  static Enclosure ofNetwork() {
    Enclosure made = open("--mount", "--net");
    return made.where("ip link set lo up", "may not set up a network here: needs iproute2");
  }

  /** This one, in which a first step was done; where it fails, the test is left out or fails. */
  Enclosure where(String script, String reason, String... values) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-e", "-c", script, "sh"));
    command.addAll(List.of(values));
    Ended ended = end(command);
    if (ended.status() != 0) {
      close();
      Trial.require(false, reason + ": " + ended.out());
    }
    return this;
  }

  private static Enclosure open(String... kinds) {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(List.of(kinds));
    command.addAll(List.of("--propagation=private", "--pid", "--fork", "--kill-child"));
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT TERM; echo ready; read -r line"));
    String reason = "may not make namespaces here: run as root, with util-linux";
    try {
      Process holder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String first = holder.inputReader(StandardCharsets.UTF_8).readLine();
      Trial.require("ready".equals(first), reason);
      long pid = holder.children().findFirst().orElseThrow().pid();
      Enclosure made = new Enclosure(holder, pid);
      Trial.require(Files.isDirectory(made.root()), reason);
      return made;
    } catch (IOException e) {
      Trial.require(false, reason);
      throw new UncheckedIOException(e);
    }
  }

  /** Its root directory as it is seen from outside. */
  private Path root() {
    return Path.of("/proc", String.valueOf(pid), "root");
  }

  /** A path inside, as it is seen from outside. */
  Path seen(Path inside) {
    return Path.of(root() + inside.toString());
  }

  /** The process that others name to connect a network. */
  String pid() {
    return String.valueOf(pid);
  }

  /** Starts the program inside; it is still a child of this JVM, and its signals reach it. */
  Consumer<ProcessBuilder> inside() {
    return builder -> builder.command(entering(builder.command(), "--mount", "--net"));
  }

  private List<String> entering(List<String> command, String... kinds) {
    List<String> entering = new ArrayList<>(List.of("nsenter", "--target=" + pid));
    entering.addAll(List.of(kinds));
    entering.add("--");
    entering.addAll(command);
    return entering;
  }

  /** Starts a program that ends with the enclosure; what it prints is appended to a file. */
  void start(Path log, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(entering(command, "--mount", "--net", "--pid"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    try {
      Process ignored = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Runs shell lines inside to their good end; {@code $1} and so on are the values. */
  String run(String script, String... values) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-e", "-c", script, "sh"));
    command.addAll(List.of(values));
    Ended ended = end(command);
    assertThat(ended.status()).as("%s %s: %s", script, List.of(values), ended.out()).isZero();
    return ended.out();
  }

  /** Runs shell lines until they end well: what is busy now is not for long. */
  void runUntilDone(String script, String... values) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-e", "-c", script, "sh"));
    command.addAll(List.of(values));
    Waiting.until(
        script,
        () -> {
          Ended ended = end(command);
          assertThat(ended.status()).as(ended.out()).isZero();
        });
  }

  private Ended end(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(entering(command, "--mount", "--net"))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s", command).isTrue();
      return new Ended(process.exitValue(), out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  /** Ends it with all that was started by {@link #start}, and undoes its mounts and network. */
  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      assertThat(holder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("its end").isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end an enclosure", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ending an enclosure", e);
    }
  }

  private record Ended(int status, String out) {}
}
