package io.github.serfhandler.config;

import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Part;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Immutable: what stands in the file {@code KEY.json} of a key: nothing, a configuration, or
 * something else, which has a {@link #problem}.
 */
final class VisibleFile {
  private static final byte[] NOTHING = {};

  private final boolean present;
  private final boolean regular;
  private final byte[] start;
  private final Optional<ConfigUpdate> update;
  private final String problem;

  private VisibleFile(
      boolean present,
      boolean regular,
      byte[] start,
      Optional<ConfigUpdate> update,
      String problem) {
    this.present = present;
    this.regular = regular;
    this.start = start;
    this.update = update;
    this.problem = problem;
  }

  /**
   * Looks.
   *
   * @throws io.github.serfhandler.store.StoreException where it is there and can not be read
   */
  static VisibleFile of(FileStore store, Path file, String product, String key) {
    // Never open what is no regular file: opening a pipe waits for its other end.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? new VisibleFile(true, false, NOTHING, Optional.empty(), "it is no regular file")
          : ABSENT;
    }
    Optional<Part> part = store.readStart(file, ConfigUpdate.MAX_FILE_BYTES);
    if (part.isEmpty()) {
      return ABSENT;
    }
    byte[] bytes = part.get().bytes();
    if (!part.get().isWhole()) {
      return new VisibleFile(
          true, true, bytes, Optional.empty(), "it is " + part.get().size() + " bytes long");
    }
    try {
      ConfigUpdate found = ConfigUpdate.ofFile(product, key, bytes);
      return new VisibleFile(true, true, bytes, Optional.of(found), "");
    } catch (RejectedException e) {
      return new VisibleFile(true, true, bytes, Optional.empty(), e.reason());
    }
  }

  private static final VisibleFile ABSENT =
      new VisibleFile(false, false, NOTHING, Optional.empty(), "");

  /** Whether anything is there. */
  boolean isPresent() {
    return present;
  }

  /** Whether it is a file, or nothing. */
  boolean isReplaceable() {
    return regular || !present;
  }

  /** Its bytes; the first {@link ConfigUpdate#MAX_FILE_BYTES} of them where it is longer. */
  byte[] start() {
    return start;
  }

  /** The configuration in it. */
  Optional<ConfigUpdate> update() {
    return update;
  }

  /** Why it holds none; {@code ""} where it does, or is not there. */
  String problem() {
    return problem;
  }

  /** Whether its bytes are the ones that this program writes for what it holds. */
  boolean isOurs() {
    try {
      return update.isPresent() && Arrays.equals(update.get().fileBytes(), start);
    } catch (RejectedException e) {
      return false; // It is shorter than we would write it, and we would not.
    }
  }

  /** A hash of its bytes. */
  String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(start));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
