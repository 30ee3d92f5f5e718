package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads files over and over on a thread of its own, as applications do, and takes down what no
 * reader should ever see: a file that is gone, torn, or older than it was, or that lacks a node
 * that it had. Thread-safe.
 */
final class FileWatch implements AutoCloseable {
  private static final long PAUSE_NANOS = 500_000;

  private final List<Path> files;
  private final Thread thread;
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Map<Gap, String> gaps = new ConcurrentHashMap<>();
  private final Set<Path> mayLack = ConcurrentHashMap.newKeySet();
  private final Set<String> mayBeLacking = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;
  private volatile boolean portsMayFall;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong contents = new AtomicLong();

  // Of the thread alone.
  private final Map<Path, byte[]> last = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Path, Set<String>> nodes = new HashMap<>();

  private FileWatch(List<Path> files) {
    this.files = List.copyOf(files);
    this.thread = new Thread(this::run, "file-watch");
    this.thread.setDaemon(true);
  }

  /** Begins; a file that is not there yet is waited for. */
  static FileWatch of(List<Path> files) {
    FileWatch watch = new FileWatch(files);
    watch.thread.start();
    return watch;
  }

  /** From now on a Serf agent may come back with the tags that it began with. */
  void letPortsFall() {
    portsMayFall = true;
  }

  /**
   * The Serf agent of a node does not live all the while: no file has to have that node, and those
   * of its own folder none at all. Also of what was read before.
   */
  void letLack(Path folder, String node) {
    boolean ignored = mayLack.add(folder);
    ignored = mayBeLacking.add(node);
  }

  /** How often a file was read. */
  long reads() {
    return reads.get();
  }

  /** How many different contents were read. */
  long contents() {
    return contents.get();
  }

  /** Checks that nothing was wrong since the beginning. */
  void assertWhole() {
    assertThat(faults).as("what readers saw").isEmpty();
    assertThat(gaps.entrySet().stream().filter(gap -> isFault(gap.getKey())))
        .as("nodes that readers missed")
        .isEmpty();
    assertThat(thread.isAlive()).as("the reader").isTrue();
    assertThat(contents.get()).as("different contents that were read").isPositive();
  }

  private void run() {
    while (!closing) {
      for (Path file : files) {
        read(file);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void read(Path file) {
    byte[] before = last.get(file);
    try {
      byte[] now = Files.readAllBytes(file);
      long ignored = reads.incrementAndGet();
      if (before == null || !Arrays.equals(before, now)) {
        ignored = contents.incrementAndGet();
        last.put(file, now);
        look(file, new String(now, StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException e) {
      if (before != null) {
        fault(file, "is gone", "");
      }
    } catch (IOException e) {
      fault(file, "cannot be read: " + e, "");
    } catch (RuntimeException e) {
      fault(file, "is not what it should be: " + e, "");
    }
  }

  private void look(Path file, String text) {
    boolean json = file.toString().endsWith(".json");
    if (!text.endsWith(json ? "}\n" : "\n")) {
      fault(file, "is torn", text);
      return;
    }
    Map<?, ?> parsed;
    try {
      Object value = new Load(LoadSettings.builder().build()).loadFromString(text);
      if (!(value instanceof Map<?, ?> map)) {
        fault(file, "holds no mapping", text);
        return;
      }
      parsed = map;
    } catch (YamlEngineException e) {
      fault(file, "does not parse", text);
      return;
    }
    if (file.getFileName().toString().startsWith("services.")) {
      services(file, parsed, text);
    } else {
      update(file, parsed, text);
    }
  }

  private void services(Path file, Map<?, ?> products, String text) {
    Set<String> names = new HashSet<>();
    for (Object services : products.values()) {
      for (Object instances : ((Map<?, ?>) services).values()) {
        for (Object instance : (List<?>) instances) {
          String name = String.valueOf(((Map<?, ?>) instance).get("name"));
          boolean ignored = names.add(name);
          if (((Map<?, ?>) instance).get("port") instanceof Integer port
              && ((Map<?, ?>) instance).get("addr") instanceof String) {
            if (rose(file + " " + name, port) || portsMayFall) {
              continue;
            }
            fault(file, "is older than it was", text);
          } else {
            fault(file, "lacks a part of an instance", text);
          }
        }
      }
    }
    Set<String> seen = nodes.computeIfAbsent(file, key -> new HashSet<>());
    for (String name : seen) {
      if (!names.contains(name)) {
        String ignored = gaps.putIfAbsent(new Gap(file, name), text);
      }
    }
    boolean ignored = seen.addAll(names);
  }

  private void update(Path file, Map<?, ?> content, String text) {
    if (!(content.get("_version") instanceof Number version)
        || !Fleet.text(version.longValue()).equals(content.get("text"))) {
      fault(file, "is of two versions", text);
    } else if (!rose(file.toString(), version.longValue())) {
      fault(file, "is older than it was", text);
    }
  }

  private boolean rose(String what, long number) {
    @Nullable Long before = numbers.put(what, number);
    return before == null || before <= number;
  }

  private boolean isFault(Gap gap) {
    return !mayBeLacking.contains(gap.node())
        && mayLack.stream().noneMatch(folder -> gap.file().startsWith(folder));
  }

  private void fault(Path file, String what, String text) {
    if (faults.size() < 10) {
      faults.add(file + " " + what + ":\n" + text);
    }
  }

  /** A node that a file no longer had. */
  private record Gap(Path file, String node) {}

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
