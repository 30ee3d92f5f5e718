package io.github.serfhandler.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Stateless: the files of a folder in which programs write at the same time. {@link Files#walk}
 * fails there now and then: at a temporary file that is renamed between its name and its
 * attributes.
 */
public final class LiveFiles {
  private LiveFiles() {}

  /** The regular files below a folder whose name is such, sorted; without those that vanish. */
  public static List<Path> below(Path folder, Predicate<String> named) {
    List<Path> found = new ArrayList<>();
    try {
      Path unused = Files.walkFileTree(folder, new Finder(named, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Predicate<String> named;
    private final List<Path> found;

    Finder(Predicate<String> named, List<Path> found) {
      this.named = named;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && named.test(file.getFileName().toString())) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
