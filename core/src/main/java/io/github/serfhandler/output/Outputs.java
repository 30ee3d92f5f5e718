package io.github.serfhandler.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.process.ProgramRunner;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.OwnFile;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the files whose readers want more than their bytes: a check before, a reload after, or some
 * quiet in between. For a process that stays. Thread-safe; {@link #offer} never waits.
 *
 * <p>Files that share a reload are one group, whose work is done by one thread, one program at a
 * time. The first snapshot is brought out at once; a later change waits as {@link Wait} says, in a
 * group as long as the file that waits longest. What somebody else edits or deletes is put right at
 * the next offer. A check or a reload that fails is repeated after 1 s, then 2 s, up to 1 min, and
 * with the next change.
 *
 * <p>A reload that is owed when this is closed, or when the process crashes, is made by the next
 * one at its start.
 */
public final class Outputs implements AutoCloseable {
  private static final Duration END = ProgramRunner.END.plusSeconds(1);

  private final List<GroupThread> threads = new ArrayList<>();
  private final System.Logger log;

  @GuardedBy("this")
  private @Nullable Snapshot last;

  @GuardedBy("this")
  private boolean closed;

  private Outputs(List<FileSpec> files, Tools.Runs runs, Shared shared) {
    this.log = shared.log;
    for (List<FileSpec> specs : Groups.of(files)) {
      threads.add(
          new GroupThread(gate -> new FileGroup(specs, shared.tools(runs, gate)), shared.log));
    }
    for (GroupThread thread : threads) {
      thread.start();
    }
  }

  private record Shared(FileStore store, Path confDir, BlockMerge merge, System.Logger log) {
    Tools tools(Tools.Runs runs, Tools.Gate gate) {
      return new Tools(
          store,
          confDir.resolve(OwnFile.FOLDER),
          merge,
          System::nanoTime,
          Clock.systemUTC(),
          runs,
          gate,
          new LogVoice(log),
          new Utf8Buffer());
    }
  }

  /**
   * Keeps these files from now on; at first it makes the reloads that an earlier process owes.
   *
   * @param files those of them that are {@link FileSpec#isPlain plain} are someone else's concern
   * @param store writes the files
   * @param confDir the configuration directory
   * @param log hears of each change of state once
   * @throws IllegalArgumentException where two have one path; its message is one line with a remedy
   */
  public static Outputs start(
      List<FileSpec> files, FileStore store, Path confDir, System.Logger log) {
    return start(files, store, confDir, BlockMerge.MANAGED, log);
  }

  static Outputs start(
      List<FileSpec> files, FileStore store, Path confDir, BlockMerge merge, System.Logger log) {
    ProgramRunner runner = new ProgramRunner();
    return new Outputs(files, runner::run, new Shared(store, confDir, merge, log));
  }

  /**
   * What the files are to show from now on. Costs one look at each file from outside where it is
   * equal to the one before.
   */
  public synchronized void offer(Snapshot snapshot) {
    if (closed || threads.isEmpty()) {
      return;
    }
    boolean fresh = last == null || !last.equals(snapshot);
    last = snapshot;
    for (int i = 0; i < threads.size(); i++) {
      GroupThread thread = threads.get(i);
      if (thread.group().offer(snapshot, fresh)) {
        thread.signal();
      }
    }
  }

  /** How the files stand, by groups, in the order of their first files. */
  public List<GroupStatus> status() {
    List<GroupStatus> all = new ArrayList<>(threads.size());
    for (GroupThread thread : threads) {
      all.add(thread.group().status());
    }
    return List.copyOf(all);
  }

  /** Begins nothing more, and ends what runs; takes no longer than 5 s. Says what is owed. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    for (GroupThread thread : threads) {
      thread.close();
    }
    long begin = System.nanoTime();
    try {
      for (GroupThread thread : threads) {
        thread.join(END.toNanos() - (System.nanoTime() - begin));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean heard;
    synchronized (this) {
      heard = last != null;
    }
    for (GroupThread thread : threads) {
      sayWhatIsLeft(thread.group(), heard);
    }
  }

  private void sayWhatIsLeft(FileGroup group, boolean heard) {
    GroupStatus status = group.status();
    List<String> waiting = new ArrayList<>();
    for (FileStatus file : status.files()) {
      if (heard && file.state() == FileStatus.State.WAITING) {
        waiting.add(String.valueOf(file.path().getFileName()));
      }
    }
    if (!waiting.isEmpty()) {
      log.log(
          Level.INFO,
          "the last change of " + String.join(", ", waiting) + " is left to the next start");
    }
    if (status.reloadOwed()) {
      log.log(Level.WARNING, "the reload of " + group + " is owed; the next start makes it");
    }
  }
}
