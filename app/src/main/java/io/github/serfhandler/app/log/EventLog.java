package io.github.serfhandler.app.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe, and safe beside other processes that write the same file: the log of what Serf
 * forks, where standard error may be a query's answer. Lines as {@code 2026-11-23T15:49:48.123Z
 * INFO text}, each appended in one write, so that those of two processes do not mix.
 *
 * <p>At 1 MiB the file becomes {@code event.log.1}, and the one of that name before goes. A new
 * file is readable for its owner and group. A symbolic link in its place is not followed, and
 * nothing but a regular file is written to. A log that can not be written keeps nothing else from
 * its work: it fails once, is remembered, and swallows the rest.
 */
public final class EventLog {
  /** Its name in the folder that is serf-handler's own. */
  public static final String NAME = "event.log";

  static final long ROTATE_AT = 1 << 20;

  private static final int LONGEST = 8192;

  private final Path file;
  private final System.Logger.Level least;
  private final Clock clock;

  @GuardedBy("this")
  private @Nullable FileChannel channel;

  @GuardedBy("this")
  private @Nullable IOException failure;

  /**
   * A log, which is opened by its first line.
   *
   * @param folder where it is; made where it is missing
   * @param least the least important level that is written
   * @param clock gives the times of the lines
   */
  public EventLog(Path folder, System.Logger.Level least, Clock clock) {
    this.file = folder.resolve(NAME);
    this.least = least;
    this.clock = clock;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Why it can not be written; null while it can. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Writes a line; what would break it is escaped, and a long one is cut. */
  public void write(System.Logger.Level level, String text) {
    if (!isLoggable(level)) {
      return;
    }
    String printable = Printable.of(text);
    StringBuilder line = new StringBuilder(64 + Math.min(printable.length(), LONGEST));
    Timestamps.append(line, clock.millis());
    line.append(' ').append(StderrLogger.word(level)).append(' ');
    if (printable.length() > LONGEST) {
      line.append(printable, 0, LONGEST).append("...");
    } else {
      line.append(printable);
    }
    append(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes where an exception came from, at {@code DEBUG}. */
  public void trace(Throwable e) {
    if (!isLoggable(System.Logger.Level.DEBUG)) {
      return;
    }
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    StringBuilder lines = new StringBuilder();
    for (String line : trace.toString().split("\n", -1)) {
      if (!line.isBlank()) {
        lines.append("    ").append(Printable.of(line.strip())).append('\n');
      }
    }
    append(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Appends what is written to it, each call as a whole; never fails. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        append(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        append(java.util.Arrays.copyOfRange(bytes, from, from + length));
      }
    };
  }

  private boolean isLoggable(System.Logger.Level level) {
    return level.compareTo(least) >= 0;
  }

  private synchronized void append(byte[] bytes) {
    if (failure != null) {
      return;
    }
    try {
      FileChannel out = channel == null ? open() : channel;
      if (out.size() >= ROTATE_AT) {
        out.close();
        rotate();
        out = open();
      }
      channel = out;
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer); // The first call takes it all, but on a disk that is just full.
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private FileChannel open() throws IOException {
    try {
      return open(file, "rw-r-----", StandardOpenOption.APPEND);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.getParent());
      return open(file, "rw-r-----", StandardOpenOption.APPEND);
    }
  }

  private static FileChannel open(Path path, String mode, StandardOpenOption way)
      throws IOException {
    // Opening a pipe would wait for its reader.
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "not a regular file; move it away");
    }
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, way, LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(
        path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
  }

  /**
   * Moves the file away, unless another process is at it or was: without the lock the second one
   * would move the new file over the old.
   */
  private void rotate() throws IOException {
    // Its own file, for its owner alone: whoever may read a file may lock it.
    try (FileChannel guard =
            open(file.resolveSibling("event.lock"), "rw-------", StandardOpenOption.WRITE);
        FileLock lock = tryLock(guard)) {
      if (lock != null && Files.exists(file) && Files.size(file) >= ROTATE_AT) {
        Files.move(file, file.resolveSibling(NAME + ".1"), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel guard) throws IOException {
    try {
      return guard.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another log of this process, which is the same as another process.
      return null;
    }
  }
}
