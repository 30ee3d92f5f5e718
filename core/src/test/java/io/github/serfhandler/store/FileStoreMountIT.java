package io.github.serfhandler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, read-only file systems and bind mounts, real ones, in mount namespaces. */
class FileStoreMountIT {
  @TempDir Path folder;

  @BeforeEach
  void needsMountNamespaces() throws IOException, InterruptedException {
    boolean mayMount;
    try {
      mayMount = StoreProbe.run(List.of("unshare", "-m", "true")).isEmpty();
    } catch (IOException e) {
      mayMount = false;
    }
    assumeTrue(mayMount, "may not make mount namespaces here: run as root");
  }

  /**
   * Runs shell lines in a mount namespace of their own, in {@code folder}; {@code probe ...} runs
   * {@link StoreProbe}. What is mounted ends with them.
   */
  private String shell(String... lines) throws IOException, InterruptedException {
    String script =
        "set -e\ncd \"$0\"\n"
            + "probe() { "
            + quoted(StoreProbe.command())
            + " \"$@\"; }\n"
            + String.join("\n", lines);
    return StoreProbe.run(
        List.of(
            "unshare", "-m", "--propagation", "private", "sh", "-c", script, folder.toString()));
  }

  private static String quoted(List<String> command) {
    List<String> quoted = new ArrayList<>();
    for (String part : command) {
      quoted.add("'" + part.replace("'", "'\\''") + "'");
    }
    return String.join(" ", quoted);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void keepsTheOldFileWhenTheDiskIsFull() throws IOException, InterruptedException {
    String output =
        shell(
            "mkdir disk; mount -t tmpfs -o size=64k none disk",
            "probe write disk/f a 1000",
            "probe write disk/f b 200000",
            "ls -A disk",
            "wc -c < disk/f",
            "head -c 1 disk/f");
    assertThat(output.lines())
        .containsExactly(
            "UPDATED",
            "refused: cannot write disk/f: No space left on device; free some space there",
            "f",
            "1000",
            "a");
  }

  @Test
  void refusesAReadOnlyFileSystem() throws IOException, InterruptedException {
    String output =
        shell(
            "mkdir disk; echo old > disk/f",
            "mount --bind disk disk; mount -o remount,bind,ro disk",
            "probe write disk/f a 3",
            "probe write disk/new/f a 3",
            "cat disk/f");
    assertThat(output.lines())
        .containsExactly(
            "refused: cannot write disk/f: Read-only file system; make the file system writable, or"
                + " name another directory",
            "refused: cannot write disk/new/f: Read-only file system; make the file system writable,"
                + " or name another directory",
            "old");
  }

  @Test
  void overwritesAMountedFileInPlace() throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("source"), "a longer old text");
    Path target = Files.writeString(folder.resolve("a target"), "below");
    Object inode = Files.getAttribute(source, "unix:ino");
    String output =
        shell(
            "mount --bind source 'a target'",
            "probe write 'a target' a 3",
            "probe write 'a target' a 3",
            "cat 'a target'; echo",
            "ln -s 'a target' link",
            "probe write link b 100000",
            "wc -c < source");
    assertThat(output.lines()).containsExactly("UPDATED", "UNCHANGED", "aaa", "UPDATED", "100000");
    assertThat(source).hasBinaryContent(StoreProbe.of('b', 100_000));
    assertThat(Files.getAttribute(source, "unix:ino")).isEqualTo(inode);
    assertThat(target).hasContent("below");
    assertThat(names()).containsExactly("a target", "link", "source");
  }

  @Test
  void overwritesAMountedFileInAReadOnlyDirectory() throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("source"), "old");
    String output =
        shell(
            "mkdir etc; echo below > etc/hosts",
            "mount --bind etc etc; mount -o remount,bind,ro etc",
            "mount --bind source etc/hosts",
            "probe write etc/hosts a 5",
            "cat etc/hosts");
    assertThat(output).isEqualTo("UPDATED\naaaaa");
    assertThat(source).hasContent("aaaaa");
  }

  @Test
  void keepsAMountedFileWhenItsDiskIsFull() throws IOException, InterruptedException {
    String output =
        shell(
            "mkdir disk; mount -t tmpfs -o size=64k none disk",
            "printf old > disk/source; echo below > target",
            "mount --bind disk/source target",
            "probe write target a 200000",
            "cat target");
    assertThat(output)
        .isEqualTo(
            "refused: cannot write target: No space left on device; free some space there\nold");
    assertThat(names()).containsExactly("disk", "target");
  }

  @Test
  void stagesForAMountedFileAndOverwritesIt() throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("source"), "a longer old text");
    Files.writeString(folder.resolve("target"), "below");
    Object inode = Files.getAttribute(source, "unix:ino");
    String output = shell("mount --bind source target", "probe stage target a 3", "cat target");
    assertThat(output).isEqualTo(folder + " aaa\naaa");
    assertThat(Files.getAttribute(source, "unix:ino")).isEqualTo(inode);
    assertThat((int) Files.getAttribute(source, "unix:mode") & 07777).isEqualTo(0604);
    assertThat(names()).containsExactly("source", "target");
  }

  @Test
  void stagesElsewhereForAMountedFileInAReadOnlyDirectory()
      throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("source"), "old");
    String output =
        shell(
            "mkdir etc own; echo below > etc/hosts",
            "mount --bind etc etc; mount -o remount,bind,ro etc",
            "mount --bind source etc/hosts",
            "export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=own",
            "probe stage etc/hosts a 5 2>/dev/null",
            "cat etc/hosts; ls -A own");
    assertThat(output).isEqualTo(folder.resolve("own") + " aaaaa\naaaaa");
    assertThat(source).hasContent("aaaaa");
  }
}
