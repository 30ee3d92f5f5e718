package io.github.serfhandler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  private static final Path TARGET = Path.of("conf", "f");
  private static final Path FILE = Path.of("/conf/f");

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new ClosedByInterruptException(), "interrupted"),
        Arguments.of(
            new AccessDeniedException("/conf/x"),
            "permission denied at /conf/x; let this user write in /conf, or name another directory"),
        Arguments.of(
            new FileAlreadyExistsException("/conf"),
            "not a directory at /conf; move the file away that stands where a directory should be"),
        Arguments.of(
            new NotDirectoryException("/conf"),
            "not a directory at /conf; move the file away that stands where a directory should be"),
        Arguments.of(
            new FileSystemException("/conf/f", null, "Not a directory"),
            "Not a directory; move the file away that stands where a directory should be"),
        Arguments.of(new FileSystemLoopException("/conf/f"), "too many symbolic links"),
        Arguments.of(
            new FileSystemException("/conf/f", null, "File name too long"),
            "File name too long; use a shorter path"),
        Arguments.of(
            new FileSystemException("/conf/f", null, "Read-only file system"),
            "Read-only file system; make the file system writable, or name another directory"),
        Arguments.of(
            new IOException("No space left on device"),
            "No space left on device; free some space there"),
        Arguments.of(
            new IOException("Disk quota exceeded"), "Disk quota exceeded; free some space there"),
        Arguments.of(new IOException("Input/output error"), "Input/output error"),
        Arguments.of(new IOException(), "IOException"),
        Arguments.of(new FileSystemException("/conf/f"), "/conf/f"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhatIsWrongAndWhatToDo(IOException fault, String message) {
    StoreException exception = Faults.of("cannot write", TARGET, FILE, 1, fault);
    assertThat(exception).hasMessage("cannot write conf/f: " + message).hasCause(fault);
    assertThat(exception.path()).isEqualTo(TARGET);
  }

  @Test
  void knowsAFullDiskInAnyLanguage() {
    // No file system has so much space, and the words tell nothing.
    Path file = Path.of("/f");
    assertThat(Faults.of("cannot write", file, file, Long.MAX_VALUE, new IOException("語")).remedy())
        .isEqualTo("free some space there");
  }
}
