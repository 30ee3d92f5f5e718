package io.github.serfhandler.app.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftoversTest {
  /** No process of Linux can have a number like that (PID_MAX_LIMIT is 2^22). */
  private static final String GONE = "serf-handler-dev-999999999-1";

  @TempDir Path place;

  private Path own;

  @BeforeEach
  void makeOwn() throws IOException {
    own = Leftovers.newDirectory(place);
    Files.createFile(own.resolve("dev1.json"));
  }

  private Path directory(String name, String mode) throws IOException {
    Path directory = Files.createDirectory(place.resolve(name));
    Files.createFile(directory.resolve("dev1.json"));
    Files.createFile(directory.resolve("dev9.log"));
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  @Test
  void removesWhatAProcessThatIsGoneLeft() throws IOException {
    Path left = directory(GONE, "rwx------");
    Leftovers.sweep(own);
    assertThat(left).doesNotExist();
  }

  @Test
  void leavesWhatAProcessThatLivesOwns() throws IOException {
    long pid = ProcessHandle.current().pid();
    Path other = directory("serf-handler-dev-" + pid + "-12345", "rwx------");
    Leftovers.sweep(own);
    assertThat(other.resolve("dev1.json")).exists();
    assertThat(own.resolve("dev1.json")).exists();
    assertThat(Files.getPosixFilePermissions(own))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serf-handler-dev-",
        "serf-handler-dev-12345",
        "serf-handler-dev-999999999-",
        "serf-handler-dev-999999999-1x",
        "serf-handler-dev-99999999999999999999-1",
        "serf-handler-dev-0-1",
        "my-serf-handler-dev-999999999-1"
      })
  void leavesWhatHasAnotherName(String name) throws IOException {
    Path other = directory(name, "rwx------");
    Leftovers.sweep(own);
    assertThat(other.resolve("dev1.json")).exists();
  }

  @Test
  void leavesWhatIsOpenToOthers() throws IOException {
    Path open = directory(GONE, "rwxr-x---");
    Leftovers.sweep(own);
    assertThat(open.resolve("dev1.json")).exists();
  }

  @Test
  void followsNoLinks() throws IOException {
    Path target = directory("target", "rwx------");
    Files.createSymbolicLink(place.resolve(GONE), target);
    Path left = directory("serf-handler-dev-999999999-2", "rwx------");
    Files.delete(left.resolve("dev1.json"));
    Files.createSymbolicLink(left.resolve("dev1.json"), target.resolve("dev1.json"));
    Leftovers.sweep(own);
    assertThat(left).doesNotExist();
    assertThat(place.resolve(GONE)).isSymbolicLink();
    assertThat(target.resolve("dev1.json")).exists();
  }

  @Test
  void leavesADirectoryThatHoldsSomethingElse() throws IOException {
    Path left = directory(GONE, "rwx------");
    Files.createFile(left.resolve("mine.txt"));
    Leftovers.sweep(own);
    assertThat(left.resolve("mine.txt")).exists();
  }
}
