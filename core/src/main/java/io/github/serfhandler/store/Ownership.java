package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Hands mode, owner and group of a file on to the one that replaces it. Thread-safe. */
final class Ownership {
  private static final int SET_ID_BITS = 06000;

  private final Notices notices;

  Ownership(Notices notices) {
    this.notices = notices;
  }

  /**
   * Gives {@code temp} what {@code old} has.
   *
   * @param withMode no where it is to have another mode: the old one may be more open than that,
   *     and {@code temp} holds what it is to hide
   * @param file named where something is not permitted
   */
  void copy(Existing old, boolean withMode, Path temp, Path file) throws IOException {
    Optional<Existing> now = Existing.of(temp);
    // Group first: who may not give the file away may still give it to a group of their own.
    boolean kept = now.isPresent() && take(temp, "unix:gid", old.gid(), now.get().gid());
    kept &= now.isPresent() && take(temp, "unix:uid", old.uid(), now.get().uid());
    // After chown, which clears them. Those bits are for the old owner alone.
    int mode = kept ? old.permissions() : old.permissions() & ~SET_ID_BITS;
    boolean moded =
        !withMode || (now.isPresent() && take(temp, "unix:mode", mode, now.get().permissions()));
    if (!kept || !moded) {
      notices.tellOnce(
          file,
          (kept ? "its mode" : "owner " + old.uid() + " and group " + old.gid())
              + " cannot be kept; the file is now as this user may make it");
    }
  }

  private static boolean take(Path temp, String attribute, int wanted, int present) {
    if (wanted == present) {
      return true;
    }
    try {
      Files.setAttribute(temp, attribute, wanted);
      return true;
    } catch (IOException e) {
      return false; // Told by the caller, once for a file.
    }
  }
}
