package io.github.serfhandler.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change configuration files, for one thread of one process at a time. Thread-safe. It
 * is a lock of the kernel on a file, so that it ends with the process, however that ends; the file
 * stays.
 */
final class ConfigLock {
  /** How long to wait for it: a thousand times what writing one file takes. */
  static final Duration WAIT = Duration.ofSeconds(5);

  /** Its name in the folder of serf-handler's own files. */
  static final String NAME = "config.lock";

  /** As {@code Discovery.OWN_FOLDER}, which is above this package. */
  static final String FOLDER = ".serf-handler";

  private static final long LOOK_AGAIN_MILLIS = 2;

  /**
   * One for the whole process, whatever the directory: who closes any descriptor of a file gives up
   * all locks that the process has on it (fcntl(2)), so that two threads must never have one open.
   */
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock(true);

  private final Path file;
  private final Duration wait;

  ConfigLock(Path confDir, Duration wait) {
    this.file = confDir.resolve(FOLDER).resolve(NAME);
    this.wait = wait;
  }

  /** The lock while one has it. Confined to the thread that took it. */
  record Held(FileChannel channel) {
    /** Gives it back. */
    void release() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new ConfigLockException("cannot unlock the configuration: " + e.getMessage(), e);
      } finally {
        THIS_PROCESS.unlock();
      }
    }
  }

  /** Takes it, waiting as long as it may. */
  Held take() throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    if (!THIS_PROCESS.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      throw busy("this process");
    }
    boolean taken = false;
    try {
      Held held = new Held(locked(deadline));
      taken = true;
      return held;
    } catch (IOException e) {
      throw new ConfigLockException(
          "cannot lock "
              + file
              + " ("
              + e
              + "); let the user of every serf-handler of this directory write there, on a file"
              + " system that has locks",
          e);
    } finally {
      if (!taken) {
        THIS_PROCESS.unlock();
      }
    }
  }

  @SuppressWarnings("resource") // Handed to the caller with its lock, or closed here.
  private FileChannel locked(long deadline) throws IOException, InterruptedException {
    FileChannel channel = open();
    FileLock lock = null;
    try {
      while ((lock = channel.tryLock()) == null) {
        if (System.nanoTime() - deadline > 0) {
          throw busy("another process");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      }
      return channel;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /** For the owner alone: whoever may read a file may lock it, and so keep others out. */
  private FileChannel open() throws IOException {
    Files.createDirectories(file.getParent());
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private ConfigLockException busy(String who) {
    return new ConfigLockException(
        "cannot lock "
            + file
            + ": "
            + who
            + " holds it for more than "
            + wait.toMillis()
            + " ms; a retry is safe");
  }
}
