package io.github.serfhandler.app.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Stateless: what went wrong, in words. */
public final class Failures {
  private Failures() {}

  /** A failure in a line; Java's own messages for files are often the bare path. */
  public static String describe(Throwable e) {
    String message = e.getMessage();
    if (e instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    return e instanceof RuntimeException || e instanceof Error
        ? e.getClass().getSimpleName() + ": " + message
        : message;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "exists already and is something else";
    }
    String reason = e.getReason();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
