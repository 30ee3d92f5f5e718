package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files are checked, replaced and reloaded, on a clock that stands still. */
class FileGroupTest {
  private static final Duration TICK = Duration.ofMillis(100);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("a.cfg");
  }

  private FileSpec checked(Path at) {
    return Shows.file(at)
        .check(Shows.program("judge", "{}"))
        .reload(Shows.program("/sbin/control", "secret", "reload"))
        .build();
  }

  private List<Path> own() throws IOException {
    Path own = folder.resolve(".serf-handler");
    if (!Files.exists(own)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(own)) {
      return files.toList();
    }
  }

  @Test
  void checksReplacesAndReloadsAtOnceAtFirst() throws IOException {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("one");
    assertThat(rig.ran()).containsExactly("check one", "reload");
    assertThat(path).hasContent("one");
    assertThat(own()).isEmpty();
    assertThat(rig.log.told())
        .containsExactly("INFO updated a.cfg", "INFO reloaded a.cfg: /sbin/control (0.0 s)");
    assertThat(rig.group.status().counters()).isEqualTo(new GroupStatus.Counters(1, 0, 1, 0, 0));
  }

  @Test
  void waitsForQuietAndNotForEver() {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("0");
    rig.ran();
    rig.offer("1");
    assertThat(rig.group.status().files().get(0).state()).isEqualTo(FileStatus.State.WAITING);
    rig.pass(Duration.ofMillis(499));
    assertThat(rig.ran()).isEmpty();
    rig.pass(Duration.ofMillis(1));
    assertThat(rig.ran()).containsExactly("check 1", "reload");
    for (int i = 0; i < 110; i++) {
      rig.offer("many" + i);
      rig.pass(TICK);
    }
    assertThat(rig.ran()).containsExactly("check many99", "reload");
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.ran()).containsExactly("check many109", "reload");
  }

  @Test
  void doesNothingForAChangeThatComesBack() {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("0");
    rig.ran();
    rig.offer("1");
    rig.pass(TICK);
    rig.offer("0");
    rig.pass(Duration.ofMinutes(5));
    assertThat(rig.ran()).isEmpty();
    assertThat(rig.group.status().files().get(0).state()).isEqualTo(FileStatus.State.CURRENT);
    assertThat(rig.step()).isEqualTo(Due.NEVER);
  }

  @Test
  void reloadsOnceForSeveralFiles() {
    Path other = folder.resolve("b.cfg");
    Rig rig = new Rig(folder, checked(path), checked(other));
    rig.offer("0");
    assertThat(rig.ran()).containsExactly("check 0", "check 0", "reload");
    assertThat(rig.log.told()).contains("INFO reloaded a.cfg, b.cfg: /sbin/control (0.0 s)");
  }

  @Test
  void keepsTheOldFileAndSaysWhyOnce() {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("0");
    rig.ran();
    rig.outcome = what -> Rig.exited(what.startsWith("check") ? 1 : 0);
    rig.offer("bad");
    rig.pass(Duration.ofMillis(500));
    assertThat(path).hasContent("0");
    rig.pass(Duration.ofMinutes(10));
    assertThat(path).hasContent("0");
    assertThat(rig.ran().size()).isBetween(14, 17); // After 1, 2, 4 .. 32 s, then each minute.
    assertThat(rig.log.told())
        .containsOnlyOnce(
            "ERROR the check refused "
                + path
                + ", the old file stays: judge status 1 after 20 ms (trying again)")
        .containsOnlyOnce("ERROR the check of a.cfg: said so");
    FileStatus status = rig.group.status().files().get(0);
    assertThat(status.state()).isEqualTo(FileStatus.State.REFUSED);
    assertThat(status.reason()).endsWith("judge status 1 after 20 ms");
    rig.outcome = what -> Rig.exited(0);
    rig.pass(Duration.ofMinutes(1));
    assertThat(path).hasContent("bad");
    assertThat(rig.log.told()).contains("INFO " + path + " is in line again");
    assertThat(rig.ran()).containsExactly("check bad", "reload");
  }

  @Test
  void triesARefusedFileAgainWithTheNextChange() {
    Rig rig = new Rig(folder, checked(path));
    rig.outcome = what -> Rig.exited(what.equals("check bad") ? 1 : 0);
    rig.offer("bad");
    assertThat(path).doesNotExist();
    rig.pass(Duration.ofSeconds(100));
    rig.ran();
    rig.offer("good");
    rig.pass(Duration.ofMillis(500));
    assertThat(rig.ran()).containsExactly("check good", "reload");
  }

  @Test
  void repeatsAReloadAndMakesItAtOnceForANewerFile() throws IOException {
    Rig rig = new Rig(folder, checked(path));
    rig.outcome = what -> Rig.exited(what.equals("reload") ? 3 : 0);
    rig.offer("0");
    assertThat(own()).hasSize(1);
    rig.pass(Duration.ofMinutes(10));
    assertThat(rig.ran().size()).isBetween(15, 18);
    assertThat(rig.group.status().reloadOwed()).isTrue();
    assertThat(rig.log.told())
        .containsOnlyOnce(
            "WARNING the reload of a.cfg failed: /sbin/control status 3 after 20 ms (trying again)")
        .containsOnlyOnce("WARNING the reload of a.cfg: said so");
    rig.offer("1");
    rig.pass(Duration.ofMillis(500));
    assertThat(rig.ran()).containsExactly("check 1", "reload");
    rig.outcome = what -> Rig.exited(0);
    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.ran()).containsExactly("reload");
    assertThat(own()).isEmpty();
    assertThat(String.join("\n", rig.log.told())).doesNotContain("secret");
  }

  @Test
  void putsRightWhatSomebodyEditedOrDeletedAtTheNextOffer() throws IOException {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("0");
    rig.ran();
    rig.again("0");
    assertThat(rig.ran()).isEmpty();
    Files.writeString(path, "edited");
    rig.again("0");
    assertThat(path).hasContent("0");
    assertThat(rig.ran()).containsExactly("check 0", "reload");
    Files.delete(path);
    rig.again("0");
    assertThat(path).hasContent("0");
  }

  @Test
  void makesAReloadThatAnEarlierProcessOwes() throws IOException {
    Rig first = new Rig(folder, checked(path));
    first.outcome = what -> Rig.exited(what.equals("reload") ? 1 : 0);
    first.offer("0");
    Rig second = new Rig(folder, checked(path));
    second.step();
    assertThat(second.ran()).containsExactly("reload");
    assertThat(own()).isEmpty();
    second.offer("0");
    second.pass(Duration.ofMinutes(1));
    assertThat(second.ran()).isEmpty();
  }

  @Test
  void doesNotSettleWhatAnotherProcessOwes() throws IOException {
    Rig first = new Rig(folder, checked(path));
    Rig second = new Rig(folder, checked(folder.resolve("b.cfg")));
    second.outcome = what -> Rig.exited(1);
    first.outcome =
        what -> {
          if (what.equals("reload")) {
            second.outcome = check -> Rig.exited(check.equals("reload") ? 1 : 0);
            second.offer("0"); // Replaces its file in the middle of the reload of the other one.
          }
          return Rig.exited(0);
        };
    first.offer("0");
    assertThat(own()).hasSize(1);
  }

  @Test
  void goesOnAfterAFileThatCannotBeRendered() {
    Rig rig = new Rig(folder, checked(path));
    rig.offer("impossible");
    assertThat(rig.log.told())
        .containsExactly("ERROR cannot render text: impossible; say something else (trying again)");
    rig.offer("fault");
    rig.pass(Duration.ofMillis(500));
    assertThat(rig.group.status().files().get(0).reason()).contains("a renderer's fault");
    rig.offer("good");
    rig.pass(Duration.ofMillis(500));
    assertThat(path).hasContent("good");
  }
}
