package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.Access;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Outcome;
import io.github.serfhandler.testing.RecordingLog;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are a group, what is told of them, and plain ones. */
class OutputsTest {
  @TempDir Path folder;
  private final FileStore store = new FileStore(Clock.systemUTC(), notice -> {});

  @Test
  void groupsFilesOfOneReload() {
    Program reload = Shows.program("control", "reload");
    FileSpec a = Shows.file(Path.of("a")).reload(reload).build();
    FileSpec alone = Shows.file(Path.of("b")).check(Shows.program("judge", "{}")).build();
    FileSpec plain = Shows.file(Path.of("c")).build();
    FileSpec same = Shows.file(Path.of("d")).reload(Shows.program("control", "reload")).build();
    FileSpec slower =
        Shows.file(Path.of("e"))
            .reload(Program.of(List.of("control", "reload"), Duration.ofSeconds(1)))
            .build();
    FileSpec told = Shows.file(Path.of("f")).reload(reload.with(Map.of("NAME", "value"))).build();
    FileSpec other = Shows.file(Path.of("g")).waits(Wait.DEFAULT).build();
    assertThat(Groups.of(List.of(a, alone, plain, same, slower, told, other)))
        .containsExactly(List.of(a, same, slower), List.of(alone), List.of(told), List.of(other));
    // One command is one reload, and as patient as the most patient of its files.
    assertThat(Groups.reload(List.of(slower, a))).contains(reload);
    assertThat(Groups.reload(List.of(a, slower))).contains(reload);
    assertThat(Groups.reload(List.of(alone))).isEmpty();
  }

  @Test
  void refusesTwoFilesOfOnePath() {
    FileSpec one = Shows.file(folder.resolve("a")).waits(Wait.DEFAULT).build();
    FileSpec two = Shows.file(folder.resolve("b").resolve("..").resolve("a")).build();
    assertThatThrownBy(() -> Outputs.start(List.of(one, two), store, folder, new RecordingLog()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("two files are to be written to ")
        .hasMessageEndingWith("; give one of them another path, or drop it");
  }

  @Test
  void showsAPlainFileWithItsModeAndNothingMoreWhileNothingChanges() throws IOException {
    Shows shows = new Shows();
    Path file = folder.resolve("a");
    Access mode = new Access(OptionalInt.of(0600), Optional.empty(), Optional.empty());
    RenderedFile rendered = new RenderedFile(FileSpec.of(file, shows).access(mode).build(), store);
    Utf8Buffer buffer = new Utf8Buffer();
    assertThat(rendered.show(Shows.snapshot("one"), buffer)).isEqualTo(Outcome.UPDATED);
    assertThat(rendered.show(Shows.snapshot("one"), buffer)).isEqualTo(Outcome.UNCHANGED);
    assertThat(shows.rendered).isEqualTo(1);
    assertThat((int) Files.getAttribute(file, "unix:mode") & 0777).isEqualTo(0600);
  }

  @Test
  void rendersAManagedFileAgainWhereWhatItIsMadeOfHasChanged() {
    Shows shows = new Shows();
    Rig rig = new Rig(folder, FileSpec.of(folder.resolve("a"), shows).waits(Wait.DEFAULT).build());
    rig.offer("one");
    rig.again("one");
    assertThat(shows.rendered).isEqualTo(1);
    shows.stale = true;
    rig.again("one");
    rig.again("one");
    assertThat(shows.rendered).isEqualTo(2);
  }

  @Test
  void showsABlockOfAPlainFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "theirs");
    RenderedFile rendered =
        new RenderedFile(Shows.file(file).block().build(), store, Rig::appended);
    Utf8Buffer buffer = new Utf8Buffer();
    assertThat(rendered.show(Shows.snapshot("one"), buffer)).isEqualTo(Outcome.UPDATED);
    assertThat(file).hasContent("theirs|one");
    assertThat(rendered.show(Shows.snapshot("one"), buffer)).isEqualTo(Outcome.UNCHANGED);
    assertThat(rendered.show(Shows.snapshot("two"), buffer)).isEqualTo(Outcome.UPDATED);
    assertThat(file).hasContent("theirs|two");
  }

  @Test
  void writesHowTheFilesStandAtMostEachSecond() throws IOException {
    Rig rig = new Rig(folder, Shows.file(folder.resolve("a \"quoted\"")).build());
    ManualClock clock = ManualClock.create();
    OutputsFile file =
        new OutputsFile(
            store,
            folder,
            new RecordingLog(),
            () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
    Path status = folder.resolve(".serf-handler").resolve("files.json");
    file.write(List.of(rig.group.status()));
    assertThat(Files.readString(status))
        .contains("a \\\"quoted\\\"\", \"state\": \"waiting\", \"since\": \"2026-01-01T00:00:00Z\"")
        .contains("\"reloadOwed\": false,\n", "\"updates\": 0,\n")
        .endsWith("\"liveUpdates\": 0\n        }\n    ]\n}\n");
    rig.offer("one");
    file.write(List.of(rig.group.status()));
    assertThat(Files.readString(status)).contains("\"updates\": 0");
    clock.advance(Duration.ofSeconds(1));
    file.write(List.of(rig.group.status()));
    assertThat(Files.readString(status)).contains("\"updates\": 1", "\"state\": \"current\"");
  }
}
