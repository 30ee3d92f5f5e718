package io.github.serfhandler.directory;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Thread-safe: the tree {@code PRODUCT/KEY.json}, {@code .yml} or {@code .yaml} below a root. It
 * looks at files from outside and reads one when it is told to; what it found it forgets.
 *
 * <p>Names that begin with a dot and those with another ending are passed over, and so is what lies
 * deeper. A link counts as what it leads to, as long as that lies below the root: Kubernetes makes
 * the files of a ConfigMap so.
 */
class Tree {
  /** So many names are looked at, whatever they are. */
  private static final int MAX_NAMES = 100_000;

  private static final String OUTSIDE =
      "is a link that leads out of the directory; put there what it leads to";

  private final Path root;
  private final int maxNames;

  Tree(Path root) {
    this(root, MAX_NAMES);
  }

  Tree(Path root, int maxNames) {
    this.root = root;
    this.maxNames = maxNames;
  }

  /** What is being looked at; confined to the thread that looks. */
  private final class Looking {
    private final Path realRoot;
    private final SortedMap<String, TreeItem> items = new TreeMap<>();
    private final SortedMap<String, String> strange = new TreeMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<Path> directories = new HashSet<>();
    private int names;

    Looking(Path realRoot) {
      this.realRoot = realRoot;
    }

    /** The names in a directory that do not begin with a dot, in order. */
    List<Path> list(Path directory) throws IOException, SourceException {
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          if (++names > maxNames) {
            throw new SourceException(
                "the directory "
                    + root
                    + " holds more than "
                    + maxNames
                    + " names; name one that holds configuration alone");
          }
          if (!name(entry).startsWith(".")) {
            found.add(entry);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      Collections.sort(found);
      directories.add(directory);
      return found;
    }

    void root() throws IOException, SourceException {
      for (Path entry : list(realRoot)) {
        String name = name(entry);
        if (Ending.of(name).isPresent()) {
          file(name, entry);
        } else if (!isOther(entry)) {
          product(name, entry);
        }
      }
    }

    /** Whether it is there and neither a directory nor a link. */
    private boolean isOther(Path entry) {
      try {
        BasicFileAttributes found = attributes(entry);
        return !found.isDirectory() && !found.isSymbolicLink();
      } catch (IOException e) {
        // What it is, is told where it is opened.
        return false;
      }
    }

    private void product(String product, Path entry) throws SourceException {
      if (!Ending.isProduct(product)) {
        strangers(product, entry);
        return;
      }
      if (Files.exists(entry) && !Files.isDirectory(entry)) {
        return;
      }
      try {
        Path directory = resolved(entry);
        for (Path file : list(directory)) {
          file(product + "/" + name(file), file);
        }
      } catch (OutsideException e) {
        close(product, OUTSIDE);
      } catch (IOException e) {
        close(product, "can not be read: " + reason(e) + remedy(e));
      }
    }

    private void close(String product, String why) {
      closed.add(product);
      strange.put(product, why);
    }

    /** What looks like configuration in a directory that can not be a product's. */
    private void strangers(String product, Path entry) throws SourceException {
      try {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          for (Path file : list(entry)) {
            file(product + "/" + name(file), file);
          }
        }
      } catch (IOException e) {
        // As if it were empty: nothing in it can be of use.
        directories.remove(entry);
      }
    }

    private void file(String path, Path entry) {
      Ending ending = Ending.of(path).orElse(null);
      if (ending == null) {
        return;
      }
      KeyLayout.Place place;
      try {
        place = ending.layout().place(path);
      } catch (RejectedException e) {
        strange.put(path, e.reason());
        return;
      }
      TreeItem item = item(place, ending, entry);
      TreeItem other = items.putIfAbsent(item.name(), item);
      if (other != null) {
        items.put(
            item.name(), item.unusable("has several files, with different endings; leave one"));
      }
    }

    private TreeItem item(KeyLayout.Place place, Ending ending, Path entry) {
      TreeItem item =
          new TreeItem(place.product(), place.key(), ending.format(), entry, FileMark.NONE, "");
      try {
        Path file = entry;
        BasicFileAttributes found = attributes(file);
        if (found.isSymbolicLink()) {
          file = resolved(entry);
          found = attributes(file);
        }
        if (!found.isRegularFile()) {
          return item.unusable("is no file; put one there, or take it away");
        }
        if (found.size() > ConfigUpdate.MAX_FILE_BYTES) {
          // Not how many: a file that grows would be told of again and again.
          return item.unusable(
              "has more bytes than configuration can have, "
                  + ConfigUpdate.MAX_FILE_BYTES
                  + "; make it smaller");
        }
        return new TreeItem(
            place.product(), place.key(), ending.format(), file, FileMark.of(found), "");
      } catch (OutsideException e) {
        return item.unusable(OUTSIDE);
      } catch (IOException e) {
        return item.unusable("can not be read: " + reason(e) + remedy(e));
      }
    }

    /** What an entry leads to. */
    private Path resolved(Path entry) throws IOException, OutsideException {
      if (!Files.isSymbolicLink(entry)) {
        return entry;
      }
      Path target = entry.toRealPath();
      if (!target.startsWith(realRoot)) {
        throw new OutsideException();
      }
      return target;
    }

    TreeLook result() throws IOException {
      return new TreeLook(attributes(realRoot).fileKey(), items, strange, closed, directories);
    }
  }

  /** A link leads out of the tree. */
  private static final class OutsideException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Looks at all of it.
   *
   * @throws SourceException where the root can not be looked into
   */
  TreeLook look() throws SourceException {
    Path realRoot = realRoot();
    try {
      Looking looking = new Looking(realRoot);
      looking.root();
      return looking.result();
    } catch (IOException e) {
      throw failed(root, e);
    }
  }

  /**
   * Looks for one key.
   *
   * @return empty where it is not there
   * @throws SourceException where that can not be told
   */
  Optional<TreeItem> find(String product, String key) throws SourceException {
    Path realRoot = realRoot();
    Path entry = realRoot.resolve(product);
    Looking looking = new Looking(realRoot);
    try {
      if (isThere(entry) && (!Files.exists(entry) || Files.isDirectory(entry))) {
        Path directory = looking.resolved(entry);
        for (Ending ending : Ending.ALL) {
          Path file = directory.resolve(key + ending.text());
          if (isThere(file)) {
            looking.file(product + "/" + key + ending.text(), file);
          }
        }
      }
    } catch (OutsideException e) {
      throw new SourceException("the directory " + entry + " " + OUTSIDE);
    } catch (IOException e) {
      throw failed(entry, e);
    }
    // That something is not there says something only while the root is.
    if (!Files.isDirectory(realRoot, LinkOption.NOFOLLOW_LINKS)) {
      throw failed(root, new NotDirectoryException(realRoot.toString()));
    }
    return Optional.ofNullable(looking.items.get(product + "/" + key));
  }

  /**
   * Reads a file.
   *
   * @return empty where it is no longer what was looked at
   * @throws IOException where it can not be read
   * @throws InterruptedException where the thread was interrupted
   */
  Optional<byte[]> read(TreeItem item) throws IOException, InterruptedException {
    try {
      if (!isStill(item)) {
        return Optional.empty();
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(item.file(), LinkOption.NOFOLLOW_LINKS)) {
        bytes = in.readNBytes(ConfigUpdate.MAX_FILE_BYTES + 1);
      }
      boolean whole = bytes.length == item.mark().size() && isStill(item);
      return whole ? Optional.of(bytes) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException();
    }
  }

  /** Not only for its time: what is no file, as a FIFO, is never opened. */
  private static boolean isStill(TreeItem item) throws IOException {
    BasicFileAttributes found = attributes(item.file());
    return found.isRegularFile() && FileMark.of(found).equals(item.mark());
  }

  private Path realRoot() throws SourceException {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw failed(root, e);
    }
  }

  private static SourceException failed(Path directory, IOException e) {
    return new SourceException(
        "the directory " + directory + " can not be read: " + reason(e) + remedy(e), e);
  }

  private static boolean isThere(Path path) throws IOException {
    try {
      BasicFileAttributes unused = attributes(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Why something can not be read: one line, without a path in it. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException fault && fault.getReason() != null
        ? fault.getReason()
        : e.getClass().getSimpleName();
  }

  /** What to do about it, with a semicolon before it; or nothing. */
  static String remedy(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "; let the user of this process read it";
    }
    return e instanceof NoSuchFileException || e instanceof NotDirectoryException
        ? "; put it there, or name another"
        : "";
  }
}
