package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Failures;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.discovery.Discovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right of one resident agent to a configuration directory. Thread-safe.
 *
 * <p>Two of them, each with an interest of its own, would rewrite each other's files for ever. The
 * right is a lock of the kernel on a file, so that it ends with the process however that ends; the
 * process id in the file is for people only. The file stays: whoever removed it could remove the
 * next one's.
 */
final class ResidentLock implements AutoCloseable {
  /** Its name in {@link Discovery#OWN_FOLDER}. */
  static final String NAME = "agent.lock";

  private static final int MOST_DIGITS = 20;

  private final @Nullable FileChannel channel;

  private ResidentLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the right. Where there can be no lock (a directory that cannot be written to, a file
   * system without locks) there is none, and a warning.
   *
   * @throws FailedException where another process has it
   */
  static ResidentLock take(Path confDir, Consumer<String> warnings) {
    Path file = confDir.resolve(Discovery.OWN_FOLDER).resolve(NAME);
    try {
      return new ResidentLock(locked(file, confDir));
    } catch (IOException e) {
      warnings.accept(
          "cannot lock "
              + Printable.of(file + " (" + Failures.describe(e) + ")")
              + "; going on, but make sure that no other agent keeps the same directory");
      return new ResidentLock(null);
    }
  }

  @SuppressWarnings("resource") // Handed to the caller with its lock, or closed here.
  private static FileChannel locked(Path file, Path confDir) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel = open(file);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String pid = pid(channel);
        throw new FailedException(
            Printable.of(confDir.toString())
                + " is kept by another serf-handler agent"
                + (pid.isEmpty() ? "" : ", process " + pid)
                + "; stop that one, or choose another directory with --conf-dir");
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** For the owner alone: whoever may read a file may lock it, and so keep its agent out. */
  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** What the other one wrote; empty where that is no process id, as before it has written. */
  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_DIGITS);
    int length = channel.read(bytes, 0);
    String text =
        new String(bytes.array(), 0, Math.max(0, length), StandardCharsets.ISO_8859_1).strip();
    return text.matches("[0-9]+") ? text : "";
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
