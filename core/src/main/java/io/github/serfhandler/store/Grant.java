package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Immutable: an {@link Access} whose names this system knows, for one file. */
final class Grant {
  private static final String MODE = "unix:mode";
  private static final int PERMISSIONS = 07777;

  private final Path target;
  private final OptionalInt mode;
  private final @Nullable UserPrincipal owner;
  private final @Nullable GroupPrincipal group;

  private Grant(
      Path target,
      OptionalInt mode,
      @Nullable UserPrincipal owner,
      @Nullable GroupPrincipal group) {
    this.target = target;
    this.mode = mode;
    this.owner = owner;
    this.group = group;
  }

  /**
   * Looks the names up; empty where nothing is to be granted.
   *
   * @param target the file as the caller named it
   * @throws StoreException where the system knows no such user or group
   */
  static Optional<Grant> of(Path target, Access access) {
    if (access.isAsItIs()) {
      return Optional.empty();
    }
    UserPrincipalLookupService names = target.getFileSystem().getUserPrincipalLookupService();
    String name = "";
    String what = "user";
    try {
      UserPrincipal owner = null;
      if (access.owner().isPresent()) {
        name = access.owner().get();
        owner = names.lookupPrincipalByName(name);
      }
      GroupPrincipal group = null;
      if (access.group().isPresent()) {
        what = "group";
        name = access.group().get();
        group = names.lookupPrincipalByGroupName(name);
      }
      return Optional.of(new Grant(target, access.mode(), owner, group));
    } catch (UserPrincipalNotFoundException e) {
      throw new StoreException(
          FileStore.CANNOT_WRITE,
          target,
          "there is no " + what + " " + name + " here",
          "name one that exists, by name or number, or drop it",
          e);
    } catch (IOException e) {
      throw new StoreException(
          FileStore.CANNOT_WRITE,
          target,
          "the " + what + " " + name + " cannot be looked up",
          "write its number",
          e);
    }
  }

  /** Whether it says a mode, so that a new file is made with no more than that. */
  boolean saysMode() {
    return mode.isPresent();
  }

  /** Whether the file, no link, has all of it already. */
  boolean isHeldBy(Path file, Existing existing) throws IOException {
    if (mode.isPresent() && mode.getAsInt() != existing.permissions()) {
      return false;
    }
    if (owner == null && group == null) {
      return true;
    }
    PosixFileAttributes now = view(file).readAttributes();
    return (owner == null || owner.equals(now.owner()))
        && (group == null || group.equals(now.group()));
  }

  /**
   * Gives it to a file, no link, which is at no moment more open than before and after.
   *
   * @throws StoreException where that is not permitted
   */
  void giveTo(Path file) throws IOException {
    int before = permissions(file);
    int after = mode.orElse(before);
    try {
      PosixFileAttributeView view = view(file);
      PosixFileAttributes now = view.readAttributes();
      boolean regroups = group != null && !group.equals(now.group());
      boolean gives = owner != null && !owner.equals(now.owner());
      if ((regroups || gives) && (before & ~after) != 0) {
        setMode(file, before & after);
      }
      // Group first: who gives the file away may not give it to a group any more.
      if (regroups) {
        view.setGroup(group);
      }
      if (gives) {
        view.setOwner(owner);
      }
      if (permissions(file) != after) { // After chown, which clears the set-id bits.
        setMode(file, after);
      }
    } catch (FileSystemException e) {
      String reason = e.getReason();
      throw new StoreException(
          FileStore.CANNOT_WRITE,
          target,
          "its mode, owner or group cannot be set: " + (reason == null ? "not permitted" : reason),
          "run as root, or drop owner and group",
          e);
    }
  }

  private static int permissions(Path file) throws IOException {
    return (int) Files.getAttribute(file, MODE, LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
  }

  private static void setMode(Path file, int mode) throws IOException {
    // Not following a link that somebody puts in its place meanwhile.
    Files.setAttribute(file, MODE, mode, LinkOption.NOFOLLOW_LINKS);
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
