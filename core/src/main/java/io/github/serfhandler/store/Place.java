package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Immutable: where a file is to be written.
 *
 * @param named the file as the caller named it
 * @param file the file that it stands for, absolute, where it is a symbolic link
 * @param existing what stands there already
 */
record Place(Path named, Path file, Optional<Existing> existing) {
  /** The place of a file that may be written to; missing directories are made. */
  static Place of(Path named) {
    Path file = named;
    try {
      file = named.toAbsolutePath();
      Optional<Existing> existing = Existing.of(file);
      if (existing.isPresent() && existing.get().isLink()) {
        file = Links.follow(file);
        existing = Existing.of(file);
      }
      if (existing.isPresent()) {
        refuseUnlessRegular(named, existing.get());
      } else {
        Directories.make(Directories.of(file));
      }
      return new Place(named, file, existing);
    } catch (IOException e) {
      throw Faults.of(FileStore.CANNOT_WRITE, named, file, 0, e);
    }
  }

  /** The directory that holds it. */
  Path directory() throws IOException {
    return Directories.of(file);
  }

  private static void refuseUnlessRegular(Path target, Existing existing) {
    if (existing.isDirectory()) {
      throw new StoreException(
          FileStore.CANNOT_WRITE, target, "it is a directory", "move the directory away");
    }
    if (!existing.isRegular()) {
      throw new StoreException(
          FileStore.CANNOT_WRITE, target, "it is a device, pipe or socket", "name a regular file");
    }
  }
}
