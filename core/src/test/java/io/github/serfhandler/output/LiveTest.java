package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a running program is told, and when it is reloaded instead. */
class LiveTest {
  private static final Live.Standing FINE = new Live.Standing(false, Optional.empty(), "");

  @TempDir Path folder;
  private Path path;
  private final Told told = new Told();

  private static final class Told implements Live {
    final List<String> snapshots = new ArrayList<>();
    Standing standing = FINE;
    Optional<String> failure = Optional.empty();

    @Override
    public Standing bring(Snapshot snapshot) throws LiveException {
      snapshots.add(snapshot.self());
      if (failure.isPresent()) {
        throw new LiveException(failure.get());
      }
      return standing;
    }

    List<String> told() {
      List<String> all = List.copyOf(snapshots);
      snapshots.clear();
      return all;
    }
  }

  @BeforeEach
  void name() {
    path = folder.resolve("a.cfg");
  }

  private FileSpec.Builder spec() {
    return Shows.file(path).live(told).waits(Wait.NONE);
  }

  private Rig rig() {
    return new Rig(folder, spec().reload(Shows.program("control", "reload")).build());
  }

  @Test
  void tellsARunningProgramInTheStateOfAReload() {
    Rig rig = rig();
    told.standing = new Live.Standing(false, Optional.empty(), "added web1");
    rig.offer("0");
    assertThat(told.told()).containsExactly("0");
    assertThat(rig.ran()).isEmpty();
    assertThat(rig.log.told()).containsExactly("INFO updated a.cfg", "INFO a.cfg: added web1");
    assertThat(rig.group.status().counters()).isEqualTo(new GroupStatus.Counters(1, 0, 0, 0, 1));
    assertThat(folder.resolve(".serf-handler")).isEmptyDirectory();
  }

  @Test
  void reloadsWhereThatIsNotEnough() {
    Rig rig = rig();
    told.standing = new Live.Standing(true, Optional.empty(), "");
    rig.offer("0");
    assertThat(rig.ran()).containsExactly("reload");
    told.standing = FINE;
    rig.pass(Duration.ofMinutes(1));
    assertThat(told.told()).containsExactly("0", "0"); // Once more after the reload.
    assertThat(rig.ran()).isEmpty();
  }

  @Test
  void doesNotReloadAllTheTimeForOneThatIsNeverContent() {
    Rig rig = rig();
    told.standing = new Live.Standing(true, Optional.of(Duration.ofMillis(100)), "");
    rig.offer("0");
    rig.pass(Duration.ofMinutes(10));
    assertThat(rig.ran().size()).isBetween(14, 19);
  }

  @Test
  void reloadsWhereAReplacedFileCannotBeTold() {
    Rig rig = rig();
    told.failure = Optional.of("nobody listens at a.sock; start the program");
    rig.offer("0");
    assertThat(rig.ran()).containsExactly("reload");
    rig.pass(Duration.ofMinutes(10));
    assertThat(rig.ran()).isEmpty();
    assertThat(told.told().size()).isBetween(22, 27); // After 1, 2, 4 .. 16 s, then each 30 s.
    assertThat(rig.log.told())
        .containsOnlyOnce(
            "INFO nobody listens at a.sock; start the program; reloading instead",
            "WARNING nobody listens at a.sock; start the program (trying again)");
    assertThat(rig.group.status().problem())
        .isEqualTo("nobody listens at a.sock; start the program");
    told.failure = Optional.empty();
    rig.pass(Duration.ofSeconds(30));
    assertThat(told.told()).containsExactly("0");
    assertThat(rig.log.told()).endsWith("INFO the program of a.cfg is in line again");
    assertThat(rig.group.status().problem()).isEmpty();
  }

  @Test
  void saysOnceThatNobodyCanBeTold() throws IOException {
    Files.writeString(path, "0");
    Rig rig = rig();
    told.failure = Optional.of("nobody listens; start the program");
    rig.offer("0");
    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.ran()).isEmpty();
    assertThat(rig.log.told())
        .containsExactly("WARNING nobody listens; start the program (trying again)");
  }

  @Test
  void isNoFailureOfAOneShotThatAProgramWhoseFileIsInLineIsDown() throws Exception {
    Files.writeString(path, "0");
    told.failure = Optional.of("nobody listens; start the program");
    FileSpec spec = Shows.file(path).reload(Shows.program("control", "reload")).live(told).build();
    FileStore store = new FileStore(Clock.systemUTC(), notice -> {});
    assertThat(OutputPass.run(List.of(spec), store, folder, Shows.snapshot("0")))
        .isEqualTo(new OutputPass.Result(List.of(), List.of()));
    assertThat(told.told()).hasSize(1);
  }

  @Test
  void callsAgainWhenItIsAskedTo() throws IOException {
    Files.writeString(path, "0");
    Rig rig = rig();
    told.standing = new Live.Standing(false, Optional.of(Duration.ofSeconds(5)), "");
    rig.offer("0");
    rig.pass(Duration.ofSeconds(16));
    assertThat(told.told()).hasSize(4);
    told.standing = FINE;
    rig.pass(Duration.ofMinutes(10));
    assertThat(told.told()).hasSize(1);
  }

  @Test
  void saysSoWhereAReloadIsNeededAndNoneIsSet() {
    Rig rig = new Rig(folder, spec().build());
    told.standing = new Live.Standing(true, Optional.of(Duration.ofSeconds(1)), "");
    rig.offer("0");
    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.log.told())
        .containsExactly(
            "INFO updated a.cfg", "ERROR a.cfg needs a reload, and none is set; set one");
    assertThat(rig.group.status().problem())
        .isEqualTo("a.cfg needs a reload, and none is set; set one");
  }

  @Test
  void isNotToldOfWhatTheCheckRefused() {
    FileSpec checked = spec().check(Shows.program("judge", "{}")).build();
    Rig rig = new Rig(folder, checked);
    rig.offer("0");
    rig.outcome = what -> Rig.exited(1);
    rig.offer("bad");
    rig.pass(Duration.ofMinutes(1));
    assertThat(told.told()).containsExactly("0");
  }

  @Test
  void leavesAReloadToTheNextProcessWhereItIsEndedBeforeItCouldTell() {
    Live ended =
        snapshot -> {
          throw new InterruptedException();
        };
    Rig rig =
        new Rig(
            folder,
            Shows.file(path).live(ended).reload(Shows.program("control", "reload")).build());
    assertThatThrownBy(() -> rig.offer("0")).hasCauseInstanceOf(InterruptedException.class);
    assertThat(rig.group.status().reloadOwed()).isTrue();
    Rig next = rig();
    next.step();
    assertThat(next.ran()).containsExactly("reload");
  }
}
