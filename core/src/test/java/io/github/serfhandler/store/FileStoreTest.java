package io.github.serfhandler.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private final FileStore store = new FileStore(Clock.systemUTC(), notices::add);

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Test
  void writesANewFileAndNothingElse() throws IOException {
    Path file = folder.resolve("f");
    assertThat(store.write(file, bytes("one\n"))).isEqualTo(Outcome.UPDATED);
    assertThat(file).hasContent("one\n");
    assertThat(names()).containsExactly("f");
    assertThat(notices).isEmpty();
  }

  @Test
  void replacesAFileByAnother() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    Object inode = inode(file);
    assertThat(store.write(file, bytes("new"))).isEqualTo(Outcome.UPDATED);
    assertThat(file).hasContent("new");
    assertThat(inode(file)).isNotEqualTo(inode);
    assertThat(names()).containsExactly("f");
  }

  @Test
  void doesNotTouchAFileThatHoldsTheBytesAlready() throws IOException {
    Path file = folder.resolve("f");
    for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 200_000}) {
      byte[] bytes = new byte[size];
      Files.write(file, bytes);
      FileTime old = FileTime.from(Instant.EPOCH);
      Files.setLastModifiedTime(file, old);
      Object inode = inode(file);
      assertThat(store.write(file, bytes)).isEqualTo(Outcome.UNCHANGED);
      assertThat(inode(file)).isEqualTo(inode);
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    }
  }

  @Test
  void noticesADifferenceInAnyByte() throws IOException {
    Path file = folder.resolve("f");
    for (int at : new int[] {0, 65_535, 65_536, 199_999}) {
      byte[] bytes = new byte[200_000];
      Files.write(file, bytes);
      bytes[at] = 1;
      assertThat(store.write(file, bytes)).isEqualTo(Outcome.UPDATED);
      assertThat(file).hasBinaryContent(bytes);
    }
  }

  @Test
  void writesTheRemainingBytesOfABufferAndLeavesItAsItWas() {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes("0123456789")).position(2).limit(5).asReadOnlyBuffer();
    Path file = folder.resolve("f");
    assertThat(store.write(file, buffer)).isEqualTo(Outcome.UPDATED);
    assertThat(store.write(file, buffer)).isEqualTo(Outcome.UNCHANGED);
    assertThat(file).hasContent("234");
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.remaining()).isEqualTo(3);
  }

  @Test
  void writesManyMegabytes() {
    byte[] bytes = new byte[5_000_001];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path file = folder.resolve("f");
    store.write(file, bytes);
    assertThat(file).hasBinaryContent(bytes);
    assertThat(store.write(file, bytes)).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void keepsTheModeOfAnExistingFile() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    for (String mode : List.of("rw-r-----", "r--r--r--", "rwxrwxrwx", "rw-------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      store.write(file, bytes(mode));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(mode);
    }
  }

  @Test
  void givesANewFileTheModeOfTheUmask() throws IOException {
    Path byJava = Files.writeString(folder.resolve("plain"), "");
    store.write(folder.resolve("f"), bytes("new"));
    Set<PosixFilePermission> expected = Files.getPosixFilePermissions(byJava);
    assertThat(Files.getPosixFilePermissions(folder.resolve("f"))).isEqualTo(expected);
  }

  @Test
  void keepsALinkAndReplacesWhatItPointsTo() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(real.resolve("target"), "old");
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("real", "target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), second);
    assertThat(store.write(link, bytes("new"))).isEqualTo(Outcome.UPDATED);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(second)).isTrue();
    assertThat(real.resolve("target")).isRegularFile().hasContent("new");
    assertThat(names()).containsExactly("link", "real", "second");
    assertThat(store.write(link, bytes("new"))).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void makesWhatADanglingLinkPointsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone", "target"));
    store.write(link, bytes("new"));
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(folder.resolve("gone").resolve("target")).hasContent("new");
  }

  @Test
  void refusesLinksInACircle() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> store.write(link, bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot write " + link + ": too many symbolic links");
  }

  @Test
  void makesMissingDirectories() {
    Path file = folder.resolve("a").resolve("b").resolve("f");
    store.write(file, bytes("x"));
    assertThat(file).hasContent("x");
  }

  @Test
  void refusesADirectory() throws IOException {
    Path file = Files.createDirectory(folder.resolve("f"));
    assertThatThrownBy(() -> store.write(file, bytes("x")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.operation()).isEqualTo("cannot write");
              assertThat(e.path()).isEqualTo(file);
              assertThat(e.reason()).isEqualTo("it is a directory");
              assertThat(e.remedy()).isEqualTo("move the directory away");
            })
        .hasMessage("cannot write " + file + ": it is a directory; move the directory away");
    assertThat(file).isEmptyDirectory();
    assertThat(names()).containsExactly("f");
  }

  @Test
  void refusesADevice() {
    assertThatThrownBy(() -> store.write(Path.of("/dev/null"), bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("device");
  }

  @Test
  void namesTheFileThatStandsWhereADirectoryShouldBe() throws IOException {
    Path file = Files.writeString(folder.resolve("conf"), "x");
    assertThatThrownBy(() -> store.write(file.resolve("a"), bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ot a directory")
        .hasMessageEndingWith("move the file away that stands where a directory should be");
    assertThatThrownBy(() -> store.write(file.resolve("a").resolve("b"), bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("move the file away that stands where a directory should be");
  }

  @Test
  void takesTheLongestNameAndRefusesALongerOne() throws IOException {
    Path longest = folder.resolve("n".repeat(255));
    assertThat(store.write(longest, bytes("x"))).isEqualTo(Outcome.UPDATED);
    assertThat(longest).hasContent("x");
    assertThatThrownBy(() -> store.write(folder.resolve("n".repeat(256)), bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith("; use a shorter path");
    assertThat(names()).hasSize(1);
  }

  @Test
  void sweepsOnlyWhatCrashedWritersLeft() throws IOException {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    aged(".serf-handler-1a.tmp", now.minus(TempFiles.STALE).minusSeconds(1));
    aged(".serf-handler-2b.tmp", now.minus(TempFiles.STALE).plusSeconds(1));
    aged(".serf-handler-keep", now.minus(Duration.ofDays(9)));
    aged("other.tmp", now.minus(Duration.ofDays(9)));
    FileStore later = new FileStore(Clock.fixed(now, ZoneOffset.UTC), notices::add);
    later.write(folder.resolve("f"), bytes("x"));
    assertThat(names())
        .containsExactlyInAnyOrder(".serf-handler-2b.tmp", ".serf-handler-keep", "f", "other.tmp");
  }

  @Test
  void sweepsAgainWhatWasTooYoungAtItsStart() throws IOException {
    ManualClock clock = ManualClock.create();
    FileStore resident = new FileStore(clock, notices::add);
    aged(".serf-handler-1a.tmp", clock.instant());
    resident.write(folder.resolve("f"), bytes("x"));
    assertThat(names()).containsExactlyInAnyOrder(".serf-handler-1a.tmp", "f");
    clock.advance(TempFiles.STALE.plusSeconds(1));
    resident.write(folder.resolve("f"), bytes("y"));
    assertThat(names()).containsExactly("f");
  }

  @Test
  void readsBackWhatItWrote() {
    Path file = folder.resolve("f");
    byte[] bytes = new byte[150_000];
    bytes[149_999] = 7;
    store.write(file, bytes);
    assertThat(store.read(file, 150_000)).hasValue(bytes);
    store.write(file, new byte[0]);
    assertThat(store.read(file, 0)).hasValue(new byte[0]);
  }

  @Test
  void readsNothingWhereNothingIs() {
    assertThat(store.read(folder.resolve("f"), 1)).isEmpty();
    assertThat(store.read(folder.resolve("d").resolve("f"), 1)).isEmpty();
  }

  @Test
  void refusesToReadTooMuchOrADirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "four");
    assertThatThrownBy(() -> store.read(file, 3))
        .isInstanceOf(StoreException.class)
        .hasMessage("cannot read " + file + ": 4 bytes are too long, the limit is 3");
    assertThatThrownBy(() -> store.read(folder, 1 << 20))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot read " + folder);
  }

  @Test
  void leavesTheOldFileWhenInterrupted() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> store.write(file, bytes("new")))
          .isInstanceOf(StoreException.class)
          .hasMessage("cannot write " + file + ": interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("f");
  }

  private void aged(String name, Instant time) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "");
    Files.setLastModifiedTime(file, FileTime.from(time));
    assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
