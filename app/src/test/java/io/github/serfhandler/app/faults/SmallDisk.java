package io.github.serfhandler.app.faults;

import io.github.serfhandler.app.LiveFiles;
import io.github.serfhandler.app.system.ConfDir;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system in memory, seen by programs of an enclosure; confined to the test. */
final class SmallDisk implements AutoCloseable {
  private final Enclosure enclosure;
  private final Path folder;

  /** Mounts one of so many KiB on a folder, which is made. */
  SmallDisk(Path folder, int kib) {
    this.folder = folder;
    try {
      Path made = Files.createDirectories(folder);
      this.enclosure =
          Enclosure.ofMounts()
              .where(
                  "mount -t tmpfs -o \"size=$1k\" none \"$2\"",
                  "may not mount here",
                  "" + kib,
                  made.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Enclosure enclosure() {
    return enclosure;
  }

  /** A directory of it, by the name that it has for the programs. */
  Path inside(String name) {
    return folder.resolve(name);
  }

  /** A configuration directory of it, as the test sees it. */
  ConfDir conf(String name) {
    return new ConfDir(enclosure.seen(folder.resolve(name)));
  }

  private Path ballast() {
    return enclosure.seen(folder.resolve("ballast"));
  }

  /** Takes all of the space that is left. */
  void fill() {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw new UncheckedIOException("cannot fill the disk", e);
      }
    }
  }

  /** Gives it back. */
  void free() {
    try {
      Files.delete(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The temporary files that are on it now. */
  List<Path> temporaries() {
    return LiveFiles.below(enclosure.seen(folder), name -> name.contains(".tmp"));
  }

  @Override
  public void close() {
    enclosure.close();
  }
}
