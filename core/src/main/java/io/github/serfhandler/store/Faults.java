package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what the system's errors mean and what to do about them; the only place that does. */
final class Faults {
  private Faults() {}

  /**
   * The exception for a fault.
   *
   * @param target the file as the caller named it
   * @param file the file that it stands for
   * @param needed the bytes that were to be written; 0 for a read
   */
  static StoreException of(
      String operation, Path target, Path file, long needed, IOException fault) {
    String reason = reason(fault);
    String remedy = remedy(fault, reason.toLowerCase(Locale.ROOT), file, needed);
    return new StoreException(operation, target, reason, remedy, fault);
  }

  private static String reason(IOException fault) {
    if (fault instanceof ClosedByInterruptException) {
      return "interrupted";
    } else if (fault instanceof AccessDeniedException denied) {
      return "permission denied" + at(denied.getFile());
    } else if (fault instanceof FileAlreadyExistsException taken) {
      return "not a directory" + at(taken.getFile());
    } else if (fault instanceof NotDirectoryException other) {
      return "not a directory" + at(other.getFile());
    } else if (fault instanceof FileSystemLoopException) {
      return "too many symbolic links";
    } else if (fault instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason();
    }
    String message = fault.getMessage();
    return message == null || message.isEmpty() ? fault.getClass().getSimpleName() : message;
  }

  private static String remedy(IOException fault, String reason, Path file, long needed) {
    if (fault instanceof ClosedByInterruptException) {
      return "";
    } else if (fault instanceof AccessDeniedException) {
      return "let this user write in " + file.getParent() + ", or name another directory";
    } else if (reason.startsWith("not a directory")) {
      return "move the file away that stands where a directory should be";
    } else if (reason.contains("name too long")) {
      return "use a shorter path";
    } else if (reason.contains("read-only")) {
      return "make the file system writable, or name another directory";
    } else if (reason.contains("no space") || reason.contains("quota") || isFull(file, needed)) {
      return "free some space there";
    }
    return "";
  }

  /** The system's own words may come in any language; this does not. */
  private static boolean isFull(Path file, long needed) {
    Path directory = file.getParent();
    // Not Files.getFileStore: in a chroot it does not find the root's mount point.
    return needed > 0
        && directory != null
        && Files.isDirectory(directory)
        && directory.toFile().getUsableSpace() < needed;
  }

  private static String at(@Nullable String file) {
    return file == null ? "" : " at " + file;
  }
}
