package io.github.serfhandler.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the file of a piece of configuration is, and where none may be. Immutable.
 *
 * <p>The names are legal already ({@code catalog.Names}), which keeps them from meaning another
 * directory, and {@code .serf-handler} from being one of them. Refused are further: products named
 * like the discovery files beside them; a product's directory or a key's file that is a symbolic
 * link, since it may lead anywhere (to keep configuration elsewhere, let the configuration
 * directory itself be the link); and, where the file system takes capital and small letters for the
 * same, a name that differs from a present one in that alone.
 */
final class ConfigPlaces {
  private static final List<String> RESERVED =
      List.of("services.json", "services.yml", "fakedhosts.txt");

  private final Path confDir;

  ConfigPlaces(Path confDir) {
    this.confDir = confDir;
  }

  /**
   * The file of an update.
   *
   * @throws RejectedException where there can be none
   */
  Path of(ConfigUpdate update) {
    for (String reserved : RESERVED) {
      if (reserved.equalsIgnoreCase(update.product())) {
        throw new RejectedException("product " + reserved + ": the name of a file of discovery");
      }
    }
    Path directory = confDir.resolve(update.product());
    refuseLink(directory, update.product());
    refuseLookalike(confDir, update.product());
    Path file = directory.resolve(update.key() + ".json");
    refuseLink(file, update.product() + "/" + update.key() + ".json");
    refuseLookalike(directory, update.key() + ".json");
    return file;
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
