package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupThreadTest {
  @TempDir Path folder;

  @Test
  void theReloadIsOwedWhereItIsClosedJustWhenTheCheckEnds()
      throws IOException, InterruptedException {
    RecordingLog log = new RecordingLog();
    AtomicReference<GroupThread> self = new AtomicReference<>();
    Path file = folder.resolve("a.cfg");
    FileSpec spec =
        Shows.file(file)
            .check(Shows.program("judge", "{}"))
            .reload(Shows.program("control", "reload"))
            .build();
    GroupThread thread =
        new GroupThread(
            gate ->
                new FileGroup(
                    List.of(spec),
                    new Tools(
                        new FileStore(Clock.systemUTC(), notice -> {}),
                        folder.resolve(".serf-handler"),
                        BlockMerge.MANAGED,
                        System::nanoTime,
                        Clock.systemUTC(),
                        (program, input) -> {
                          Objects.requireNonNull(self.get())
                              .close(); // Its interrupt comes too late for the check.
                          return Rig.exited(0);
                        },
                        gate,
                        new LogVoice(log),
                        new Utf8Buffer())),
            log);
    self.set(thread);
    assertThat(thread.group().offer(Shows.snapshot("one"), true)).isTrue();
    thread.start();
    thread.join(TimeUnit.SECONDS.toNanos(60));
    assertThat(file).hasContent("one");
    assertThat(log.told()).containsExactly("INFO updated a.cfg");
    assertThat(thread.group().status().reloadOwed()).isTrue();
    try (Stream<Path> own = Files.list(folder.resolve(".serf-handler"))) {
      assertThat(own.map(path -> String.valueOf(path.getFileName())))
          .singleElement()
          .asString()
          .startsWith("reload-files-");
    }
  }
}
