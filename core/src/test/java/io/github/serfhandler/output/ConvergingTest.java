package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.process.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in between, in the end the files and their readers are in line. */
class ConvergingTest {
  private static final List<String> NAMES = List.of("a.cfg", "b.cfg");

  private static final class World {
    final Random random;
    final Path folder;
    Rig rig;
    boolean works;
    long reloadsFailed;
    long reloads;
    String atLastReload = "";
    String text = "0";
    long updates;

    World(long seed, Path folder) {
      this.random = new Random(seed);
      this.folder = folder;
      this.rig = start();
    }

    private Rig start() {
      FileSpec[] files = new FileSpec[NAMES.size()];
      for (int i = 0; i < files.length; i++) {
        files[i] =
            Shows.file(folder.resolve(NAMES.get(i)))
                .check(Shows.program("judge", "{}"))
                .reload(Shows.program("control", "reload"))
                .build();
      }
      Rig fresh = new Rig(folder, files);
      fresh.outcome = this::outcome;
      return fresh;
    }

    private ProgramResult outcome(String what) {
      boolean fails = !works && random.nextInt(3) == 0;
      if (what.equals("reload")) {
        if (fails) {
          reloadsFailed++;
        } else {
          reloads++;
          atLastReload = files();
        }
      }
      return Rig.exited(fails ? 1 : 0);
    }

    String files() {
      StringBuilder all = new StringBuilder();
      for (String name : NAMES) {
        Path file = folder.resolve(name);
        all.append(Files.exists(file) ? Rig.read(file) : "none").append(' ');
      }
      return all.toString();
    }

    void act() throws IOException {
      Path file = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          text = random.nextInt(8) == 0 ? "impossible" : Integer.toString(random.nextInt(4));
          rig.offer(text);
        }
        case 2 -> Files.writeString(file, "edited " + random.nextInt(10));
        case 3 -> Files.deleteIfExists(file);
        case 4 -> rig.again(text);
        default -> {
          if (random.nextInt(5) == 0) {
            updates += rig.group.status().counters().updates();
            rig = start(); // As after a crash: nothing is known but what is on the disk.
            rig.offer(text);
          }
        }
      }
      rig.pass(Duration.ofMillis(random.nextInt(1500)));
    }
  }

  @Property(tries = 60)
  void filesShowTheLastSnapshotAndTheLastReloadCameAfterIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int actions) throws IOException {
    Path folder = Files.createTempDirectory("converging");
    try {
      World world = new World(seed, folder);
      world.rig.offer("0");
      for (int i = 0; i < actions; i++) {
        world.act();
      }
      world.works = true;
      world.rig.offer("end");
      world.rig.again("end");
      world.rig.pass(Duration.ofMinutes(3));
      assertThat(world.files()).isEqualTo("end end ");
      assertThat(world.atLastReload).isEqualTo("end end ");
      assertThat(world.rig.group.status().reloadOwed()).isFalse();
      assertThat(folder.resolve(".serf-handler")).isEmptyDirectory();
      long updates = world.updates + world.rig.group.status().counters().updates();
      assertThat(world.reloads + world.reloadsFailed)
          .isLessThanOrEqualTo(updates + world.reloadsFailed);
      assertThat(world.rig.step()).isEqualTo(Due.NEVER);
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
