package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.cli.Failures;
import io.github.serfhandler.app.commands.config.KeyName;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.discovery.Discovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this command has sent of one key, in a file of its own that is locked while one has this.
 * Confined to one thread.
 *
 * <p>{@code etcdctl exec-watch} (v2) starts a process for each change and waits for none of them
 * (tried with 3.4.23: of six changes the first two swapped places): two changes of one key race,
 * and the older one, seeing the newer one on the nodes, would take it for one of an etcd before
 * this one, and overrule it. And a node that was asked may not have yet what was sent a moment ago.
 *
 * <p>Where the file can not be had there is a warning, and nothing is remembered: that is better
 * than a pipe that ends.
 */
final class SentRecord implements AutoCloseable {
  /** The folder of these files in {@link Discovery#OWN_FOLDER}. */
  static final String FOLDER = "etcd";

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_MILLIS = 5;
  private static final int MOST_BYTES = 256;

  private final @Nullable FileChannel channel;
  private final Path file;
  private final Consumer<String> warnings;

  private SentRecord(@Nullable FileChannel channel, Path file, Consumer<String> warnings) {
    this.channel = channel;
    this.file = file;
    this.warnings = warnings;
  }

  /** Takes that of a key, once no other process has it; waits for at most 10 s. */
  static SentRecord take(Path confDir, KeyName name, Consumer<String> warnings)
      throws InterruptedException {
    Path file =
        confDir
            .resolve(Discovery.OWN_FOLDER)
            .resolve(FOLDER)
            .resolve(name.product())
            .resolve(name.key());
    try {
      return new SentRecord(locked(file), file, warnings);
    } catch (IOException e) {
      SentRecord none = new SentRecord(null, file, warnings);
      none.warn(e);
      return none;
    }
  }

  @SuppressWarnings("resource") // Handed to the caller with its lock, or closed here.
  private static FileChannel locked(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean taken = false;
    try {
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (channel.tryLock() == null) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(file + ": another process holds it for more than 10 s");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      }
      taken = true;
      return channel;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  /** What was sent last; empty where that is not known. */
  Optional<SentVersion> last() {
    if (channel == null) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    try {
      int length = channel.read(bytes, 0);
      String line = new String(bytes.array(), 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
      return SentVersion.parse(line);
    } catch (IOException e) {
      warn(e);
      return Optional.empty();
    }
  }

  /** Remembers what is sent now; to be called before it is. */
  void write(SentVersion version) {
    if (channel == null) {
      return;
    }
    try {
      channel.truncate(0);
      ByteBuffer line = ByteBuffer.wrap(version.line().getBytes(StandardCharsets.ISO_8859_1));
      while (line.hasRemaining()) {
        int unused = channel.write(line, line.position());
      }
    } catch (IOException e) {
      warn(e);
    }
  }

  private void warn(IOException e) {
    warnings.accept(
        "cannot remember what is sent in "
            + Printable.of(file + " (" + Failures.describe(e) + ")")
            + "; going on, but let this user write there, or give another --conf-dir");
  }

  /** Gives it back. */
  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        warn(e);
      }
    }
  }
}
