package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.process.ProgramRunner;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.OwnFile;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Stateless: brings files in line once, as {@link Outputs} does, for a process that ends soon. What
 * fails is left to the next one, a reload that is owed too. Harmless beside a process that stays
 * and keeps the same files: at worst a reader reloads once more.
 */
public final class OutputPass {
  /**
   * Immutable: what came of it.
   *
   * @param updated the files that were replaced, in order
   * @param failures what did not work, each one line
   */
  public record Result(List<Path> updated, List<String> failures) {
    /** Copies. */
    public Result {
      updated = List.copyOf(updated);
      failures = List.copyOf(failures);
    }
  }

  private OutputPass() {}

  /**
   * Whether these files can be kept together.
   *
   * @throws IllegalArgumentException where two have one path; its message is one line with a remedy
   */
  public static void requireSound(List<FileSpec> files) {
    List<List<FileSpec>> unused = Groups.of(files);
  }

  /**
   * Checks, replaces, tells and reloads, on this thread, one thing after the other and without any
   * wait.
   *
   * @param files those of them that are {@link FileSpec#isPlain plain} are someone else's concern
   * @param store writes the files
   * @param confDir the configuration directory
   * @throws IllegalArgumentException where two have one path; its message is one line with a remedy
   * @throws InterruptedException where the thread was interrupted; what ran has ended, the rest is
   *     not run
   */
  public static Result run(List<FileSpec> files, FileStore store, Path confDir, Snapshot snapshot)
      throws InterruptedException {
    if (Groups.of(files).isEmpty()) {
      return new Result(List.of(), List.of());
    }
    ProgramRunner runner = new ProgramRunner();
    return run(files, store, confDir, snapshot, BlockMerge.MANAGED, runner::run);
  }

  static Result run(
      List<FileSpec> files,
      FileStore store,
      Path confDir,
      Snapshot snapshot,
      BlockMerge merge,
      Tools.Runs runs)
      throws InterruptedException {
    Heard heard = new Heard();
    Tools tools =
        new Tools(
            store,
            confDir.resolve(OwnFile.FOLDER),
            merge,
            System::nanoTime,
            Clock.systemUTC(),
            runs,
            Tools.Gate.OPEN,
            heard,
            new Utf8Buffer());
    for (List<FileSpec> specs : Groups.of(files)) {
      FileGroup group = new FileGroup(specs, tools);
      boolean unused = group.offer(snapshot, true);
      long ignored = group.step();
    }
    return new Result(heard.updated, heard.failures);
  }

  private static final class Heard implements Tools.Voice {
    private final List<Path> updated = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public void updated(Path file) {
      updated.add(file);
    }

    @Override
    public void say(Level level, String line) {
      if (level.compareTo(Level.WARNING) >= 0) {
        failures.add(line);
      }
    }

    @Override
    public void away(Level level, String line) {
      // No failure of this pass: it reads its file, which is in line, when it starts.
    }

    @Override
    public String next() {
      return "";
    }
  }
}
