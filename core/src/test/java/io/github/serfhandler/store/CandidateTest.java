package io.github.serfhandler.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that somebody looks at before they are the file, and modes. */
class CandidateTest {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private final FileStore store = new FileStore(Clock.systemUTC(), notices::add);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Access mode(int mode) {
    return new Access(OptionalInt.of(mode), Optional.empty(), Optional.empty());
  }

  private static int modeOf(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode") & 07777;
  }

  private Candidate stage(Path file, String text, Access access) {
    return store.stage(file, bytes(text), access, true).orElseThrow();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void isLookedAtUnderAnotherNameOfTheSameKind() throws IOException {
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    try (Candidate candidate = stage(file, "new", Access.AS_IT_IS)) {
      assertThat(candidate.path()).hasContent("new").hasParent(folder);
      assertThat(candidate.path().toString()).endsWith(".cfg");
      assertThat(modeOf(candidate.path())).isEqualTo(0640);
      assertThat(file).hasContent("old");
      candidate.commit();
    }
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("haproxy.cfg");
  }

  @Test
  void leavesNothingWhereItIsNotTaken() throws IOException {
    Path file = Files.writeString(folder.resolve("f.cfg"), "old");
    stage(file, "new", Access.AS_IT_IS).close();
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("f.cfg");
  }

  @Test
  void isNoneWhereTheFileHoldsItAlready() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "same");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(store.stage(file, bytes("same"), Access.AS_IT_IS, true)).isEmpty();
    assertThat(store.stage(file, bytes("same"), mode(0600), true)).isEmpty();
    try (Candidate candidate = stage(file, "same", mode(0644))) {
      candidate.commit();
    }
    assertThat(modeOf(file)).isEqualTo(0644);
  }

  @Test
  void makesANewFileWithItsModeWhateverTheUmask() throws IOException {
    for (int mode : new int[] {0600, 0666, 0440, 02755}) {
      Path file = folder.resolve("f" + mode);
      try (Candidate candidate = stage(file, "new", mode(mode))) {
        assertThat(modeOf(candidate.path())).isEqualTo(mode);
        candidate.commit();
      }
      assertThat(modeOf(file)).isEqualTo(mode);
      Path written = folder.resolve("w" + mode);
      store.write(written, bytes("new"), mode(mode));
      assertThat(modeOf(written)).isEqualTo(mode);
    }
  }

  @Test
  void putsAModeRightWithoutWriting() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "same");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    Object inode = Files.getAttribute(file, "unix:ino");
    assertThat(store.hasAccess(file, mode(0604))).isFalse();
    assertThat(store.write(file, bytes("same"), mode(0604))).isEqualTo(Outcome.UPDATED);
    assertThat(store.hasAccess(file, mode(0604))).isTrue();
    assertThat(modeOf(file)).isEqualTo(0604);
    assertThat(store.write(file, bytes("same"), mode(0604))).isEqualTo(Outcome.UNCHANGED);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(Instant.EPOCH));
  }

  @Test
  void followsALinkAndKeepsIt() throws IOException {
    Files.createDirectory(folder.resolve("d"));
    Path data = Files.writeString(folder.resolve("d").resolve("data"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("f.conf"), Path.of("d", "data"));
    try (Candidate candidate = stage(link, "new", mode(0600))) {
      assertThat(candidate.path()).hasParent(data.getParent());
      assertThat(candidate.path().toString()).endsWith(".conf");
      candidate.commit();
    }
    assertThat(link).isSymbolicLink();
    assertThat(data).hasContent("new");
    assertThat(modeOf(data)).isEqualTo(0600);
  }

  @Test
  void refusesUsersAndGroupsThatAreNotThere() {
    Path file = folder.resolve("f");
    Access user = new Access(OptionalInt.empty(), Optional.of("no-such-user"), Optional.empty());
    assertThatThrownBy(() -> store.write(file, bytes("x"), user))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "cannot write "
                + file
                + ": there is no user no-such-user here; name one that exists, by name or number,"
                + " or drop it");
    Access group = new Access(OptionalInt.empty(), Optional.empty(), Optional.of("no-such-group"));
    assertThatThrownBy(() -> store.stage(file, bytes("x"), group, true))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no group no-such-group here");
    assertThat(file).doesNotExist();
  }

  @Test
  void hasAPlainNameWhereNobodyGoesByIt() throws IOException {
    for (String name : List.of("f", "f.", "f.odd ending", "f." + "x".repeat(17), "ends.in-dash")) {
      try (Candidate candidate = stage(folder.resolve(name), "x", Access.AS_IT_IS)) {
        assertThat(candidate.path().toString()).endsWith(".tmp");
      }
    }
    try (Candidate candidate =
        store.stage(folder.resolve("f.cfg"), bytes("x"), Access.AS_IT_IS, false).orElseThrow()) {
      assertThat(candidate.path().toString()).endsWith(".tmp");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void isSweptWhereItsWriterCrashed() throws IOException {
    Path left = stage(folder.resolve("f.cfg"), "left", Access.AS_IT_IS).path();
    Instant now = Instant.now();
    Files.setLastModifiedTime(left, FileTime.from(now.minus(TempFiles.STALE).minusSeconds(1)));
    Path young = stage(folder.resolve("f.cfg"), "young", Access.AS_IT_IS).path();
    new FileStore(Clock.fixed(now, ZoneOffset.UTC), notices::add)
        .write(folder.resolve("g"), bytes("x"));
    assertThat(left).doesNotExist();
    assertThat(young).exists();
    assertThat(TempFiles.STALE).isGreaterThan(Duration.ofMinutes(10));
  }
}
