package io.github.serfhandler.config;

import io.github.serfhandler.catalog.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the files of a key are, and where none may be. Immutable.
 *
 * <p>The names are legal already ({@code catalog.Names}), which keeps them from meaning another
 * directory, and {@code .serf-handler} from being one of them. Refused are further: products named
 * like the discovery files beside them; a product's directory, or a key's file, that is a symbolic
 * link, since it may lead anywhere (to keep configuration elsewhere, let the configuration
 * directory itself be the link); and, where the file system takes capital and small letters for the
 * same, a name that differs from a present one in that alone.
 */
final class ConfigPlaces {
  private static final List<String> RESERVED =
      List.of("services.json", "services.yml", "fakedhosts.txt");

  private static final String FILE = ".json";
  private static final String RECORDS_NAME = "config";

  /** The directory of records, from the configuration directory. */
  static final String RECORDS = ConfigLock.FOLDER + "/" + RECORDS_NAME;

  private final Path confDir;

  ConfigPlaces(Path confDir) {
    this.confDir = confDir;
  }

  /** The directory of all records. */
  private Path records() {
    return confDir.resolve(ConfigLock.FOLDER).resolve(RECORDS_NAME);
  }

  /** The directory of a product's files. */
  Path directory(String product) {
    return confDir.resolve(product);
  }

  /** The directory of a product's records. */
  Path records(String product) {
    return records().resolve(product);
  }

  /** The files of a key, to be looked at; whether they may be written was not looked at. */
  KeyPlace at(String product, String key) {
    return new KeyPlace(product, key, directory(product).resolve(key + FILE), records(product));
  }

  /**
   * The files of a key, to be written.
   *
   * @throws RejectedException where there can be none
   */
  KeyPlace of(String product, String key) {
    requireDirectories(product);
    KeyPlace place = at(product, key);
    refuseLookalike(confDir, product);
    refuseLookalike(records(), product);
    refuseLink(place.file(), place.fileName());
    refuseLookalike(directory(product), key + FILE);
    refuseLink(place.edited(), place.nameOf(place.edited()));
    refuseLookalike(place.records(), key + KeyPlace.RECORD);
    return place;
  }

  /**
   * Looks at the directories of a product alone.
   *
   * @throws RejectedException where there can be none
   */
  void requireDirectories(String product) {
    if (isReserved(product)) {
      throw new RejectedException("product " + product + ": the name of a file of discovery");
    }
    refuseLink(directory(product), product);
    refuseLink(records(), RECORDS);
    refuseLink(records(product), RECORDS + "/" + product);
  }

  private static boolean isReserved(String product) {
    for (String reserved : RESERVED) {
      if (reserved.equalsIgnoreCase(product)) {
        return true;
      }
    }
    return false;
  }

  /** The products that have a directory of files or records, or links in their place. */
  SortedSet<String> products() {
    SortedSet<String> products = new TreeSet<>();
    for (String name : names(confDir, "")) {
      if (!isReserved(name) && !keysIn(directory(name), FILE).isEmpty()) {
        products.add(name);
      }
    }
    for (String name : names(records(), "")) {
      if (!isReserved(name) && !keysIn(records(name), KeyPlace.RECORD).isEmpty()) {
        products.add(name);
      }
    }
    return products;
  }

  /** The keys of a product that have a file, whatever it is. */
  SortedSet<String> filesOf(String product) {
    return keysIn(directory(product), FILE);
  }

  /** The keys of a product that have a record. */
  SortedSet<String> recordsOf(String product) {
    return keysIn(records(product), KeyPlace.RECORD);
  }

  /** How many records there are. */
  int countRecords() {
    int count = 0;
    for (String product : names(records(), "")) {
      count += keysIn(records(product), KeyPlace.RECORD).size();
    }
    return count;
  }

  private static SortedSet<String> keysIn(Path directory, String ending) {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        ? names(directory, ending)
        : new TreeSet<>();
  }

  /** The legal names in a directory, without an ending that they must have. */
  private static SortedSet<String> names(Path directory, String ending) {
    SortedSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.endsWith(ending)) {
          String legal = name.substring(0, name.length() - ending.length());
          if (Names.isLegal(legal)) {
            names.add(legal);
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + directory + ": " + e, e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException("cannot look at " + directory + ": " + e, e.getCause());
    }
    return names;
  }

  private static void refuseLink(Path path, String name) {
    if (Files.isSymbolicLink(path)) {
      throw new RejectedException(
          name + " is a symbolic link in the configuration directory; replace it by what it is");
    }
  }

  private static void refuseLookalike(Path directory, String name) {
    try {
      if (isFolded(directory, name) && !isListed(directory, name)) {
        throw new RejectedException(
            name + " differs from another name in capital letters alone, and cannot be beside it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + directory.resolve(name) + ": " + e, e);
    }
  }

  /** Whether it is there, and under its name in other letters, too. */
  private static boolean isFolded(Path directory, String name) throws IOException {
    Path path = directory.resolve(name);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    String other = otherCase(name);
    try {
      return !other.equals(name) && Files.isSameFile(path, directory.resolve(other));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static boolean isListed(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (entry.endsWith(name)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Capital letters for small ones and the other way round. */
  static String otherCase(String name) {
    StringBuilder other = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      other.append(letter ? (char) (c ^ 0x20) : c);
    }
    return other.toString();
  }
}
