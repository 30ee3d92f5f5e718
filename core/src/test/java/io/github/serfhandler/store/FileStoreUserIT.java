package io.github.serfhandler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners and permissions: what root can keep, and what another user meets. */
class FileStoreUserIT {
  private static final int OTHER = 54_321;

  @TempDir Path folder;

  @BeforeEach
  void needsRoot() throws IOException {
    assumeTrue(
        Files.getAttribute(folder, "unix:uid").equals(0), "cannot give files away: run as root");
  }

  private List<String> writingAsOther(Path file) throws IOException {
    return asOther("write", file.toString(), "x", "2");
  }

  private List<String> asOther(String... args) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + OTHER, "--regid=" + OTHER, "--clear-groups"));
    all.addAll(StoreProbe.commandFrom(folder.resolve("classes"), args));
    return all;
  }

  private Path directory(String name, String mode) throws IOException {
    // The folder itself is private to root; another user only has to pass through it.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path directory = Files.createDirectory(folder.resolve(name));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    return directory;
  }

  @Test
  void keepsOwnerGroupAndModeOfAnotherUsersFile() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    Files.setAttribute(file, "unix:uid", OTHER);
    Files.setAttribute(file, "unix:gid", OTHER + 1);
    Files.setAttribute(file, "unix:mode", 06640);
    List<String> notices = new ArrayList<>();
    new FileStore(Clock.systemUTC(), notices::add).write(file, new byte[] {'x'});
    assertThat(file).hasContent("x");
    assertThat(Files.readAttributes(file, "unix:uid,gid")).containsEntry("uid", OTHER);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(OTHER + 1);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(06640);
    assertThat(notices).isEmpty();
  }

  @Test
  void saysSoWhenItCannotKeepTheOwner() throws IOException, InterruptedException {
    Path file = directory("open", "rwxrwxrwx").resolve("f");
    Files.writeString(file, "old");
    Files.setAttribute(file, "unix:mode", 06664);
    String output = StoreProbe.run(writingAsOther(file));
    assertThat(output)
        .isEqualTo(
            "notice: "
                + file
                + ": owner 0 and group 0 cannot be kept; the file is now as this user may make"
                + " it\nUPDATED\n");
    assertThat(file).hasContent("xx");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(OTHER);
    // The rights of the old owner are not handed to the new one.
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0664);
  }

  @Test
  void writesInADirectoryThatItMayNotList() throws IOException, InterruptedException {
    Path directory = directory("drop", "rwx-wx-wx");
    Path file = directory.resolve("f");
    String output = StoreProbe.run(writingAsOther(file));
    assertThat(output.lines())
        .hasSize(2)
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("notice: " + directory + ": cannot be searched for stale temporary files: ");
    assertThat(output).endsWith("\nUPDATED\n");
    assertThat(file).hasContent("xx");
  }

  @Test
  void refusesADirectoryThatItMayNotWriteIn() throws IOException, InterruptedException {
    Path directory = directory("closed", "rwxr-xr-x");
    Path file = Files.writeString(directory.resolve("f"), "old");
    String output = StoreProbe.run(writingAsOther(file));
    assertThat(output)
        .startsWith("refused: cannot write " + file + ": permission denied at ")
        .endsWith("; let this user write in " + directory + ", or name another directory\n")
        .hasLineCount(1);
    assertThat(file).hasContent("old");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void givesAFileToUsersByNameOrNumber() throws IOException {
    Path file = folder.resolve("f");
    FileStore store = new FileStore(Clock.systemUTC(), notice -> {});
    Access number =
        new Access(
            OptionalInt.of(06640),
            Optional.of(Integer.toString(OTHER)),
            Optional.of(Integer.toString(OTHER + 1)));
    store.write(file, ByteBuffer.wrap(new byte[] {'x'}), number);
    assertThat(Files.readAttributes(file, "unix:uid,gid"))
        .containsEntry("uid", OTHER)
        .containsEntry("gid", OTHER + 1);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(06640);
    Access name = new Access(OptionalInt.empty(), Optional.of("root"), Optional.of("root"));
    assertThat(store.write(file, ByteBuffer.wrap(new byte[] {'x'}), name))
        .isEqualTo(Outcome.UPDATED);
    assertThat(store.write(file, ByteBuffer.wrap(new byte[] {'x'}), name))
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(Files.readAttributes(file, "unix:uid,gid"))
        .containsEntry("uid", 0)
        .containsEntry("gid", 0);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(06640);
  }

  @Test
  void refusesToGiveAwayWhatItMayNot() throws IOException, InterruptedException {
    Path directory = directory("open", "rwxrwxrwx");
    Path file = directory.resolve("f");
    assertThat(StoreProbe.run(asOther("own", file.toString(), "root", "root")))
        .isEqualTo(
            "refused: cannot write "
                + file
                + ": its mode, owner or group cannot be set: Operation not permitted; run as root,"
                + " or drop owner and group\n");
    assertThat(directory).isEmptyDirectory();
  }
}
