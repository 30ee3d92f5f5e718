package io.github.serfhandler.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.process.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files whose readers reload by the same command, or one file without any. Confined to the thread
 * that takes its {@link #step steps}, but for what says otherwise.
 *
 * <p>A step does all that is due, one thing after the other: each file is rendered, compared,
 * checked and replaced; then running programs are told; then there is one reload, if one is owed.
 */
final class FileGroup {
  private final List<GroupFile> files = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Optional<Reloading> reloading;
  private final Tools tools;
  private final Tally tally = new Tally();
  private final Quiet quiet = new Quiet();
  private final Object inbox = new Object();

  @GuardedBy("inbox")
  private @Nullable Snapshot offered;

  private @Nullable Snapshot wanted;
  private boolean begun;
  private volatile GroupStatus status;

  /** The group of these files; at least one, all with the same reload. */
  FileGroup(List<FileSpec> specs, Tools tools) {
    this.tools = tools;
    boolean logOutput = true;
    for (FileSpec spec : specs) {
      names.add(GroupFile.name(spec));
      logOutput &= spec.logOutput();
      quiet.atLeast(spec.waits());
    }
    Optional<Program> reload = Groups.reload(specs);
    this.reloading =
        reload.isPresent()
            ? Optional.of(new Reloading(reload.get(), names, logOutput, tools, tally))
            : Optional.empty();
    for (FileSpec spec : specs) {
      files.add(new GroupFile(spec, reloading, tools, tally));
    }
    this.status = lookAround();
  }

  /**
   * Receives a snapshot; any thread may call this, and does not wait.
   *
   * @param fresh whether it is another one than before
   * @return whether there is anything to do, and so a step to be taken soon
   */
  boolean offer(Snapshot snapshot, boolean fresh) {
    if (!fresh && !isTouched()) {
      return false;
    }
    synchronized (inbox) {
      offered = snapshot;
    }
    return true;
  }

  private boolean isTouched() {
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).isTouched()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Does what is due.
   *
   * @return in how many nanoseconds the next step is due; {@link Due#NEVER}
   * @throws InterruptedException where the thread was interrupted; what ran has ended
   */
  long step() throws InterruptedException {
    try {
      long now = tools.nanos().getAsLong();
      if (!begun) {
        begun = true;
        takeOver(now);
      }
      take(now);
      if (wanted != null) {
        bring(wanted, now);
      }
      reload();
    } finally {
      status = lookAround();
    }
    return left();
  }

  private void takeOver(long now) {
    if (reloading.isPresent()) {
      reloading.get().takeOver(now);
    }
  }

  private void take(long now) {
    Snapshot next;
    synchronized (inbox) {
      next = offered;
      offered = null;
    }
    if (next == null) {
      return;
    }
    Snapshot before = wanted;
    wanted = next;
    boolean differs = false;
    for (GroupFile file : files) {
      if (before == null || file.isTouched()) {
        file.hurry(now);
      }
      differs |= before != null && file.follow(before, next);
    }
    if (differs) {
      quiet.changed(now);
    }
  }

  private void bring(Snapshot snapshot, long now) throws InterruptedException {
    boolean over = quiet.isOver(now);
    for (GroupFile file : files) {
      file.show(snapshot, over, now);
    }
    for (GroupFile file : files) {
      file.bringLive(tools.nanos().getAsLong());
    }
  }

  private void reload() throws InterruptedException {
    if (reloading.isEmpty()) {
      return;
    }
    if (reloading.get().run(tools.nanos().getAsLong())) {
      for (GroupFile file : files) {
        file.reloaded(tools.nanos().getAsLong());
      }
    }
    reloading.get().settle();
  }

  private long left() {
    long now = tools.nanos().getAsLong();
    long left = reloading.isPresent() ? reloading.get().left(now) : Due.NEVER;
    if (wanted == null) {
      return left;
    }
    left = Math.min(left, quiet.left(now));
    for (GroupFile file : files) {
      left = Math.min(left, file.left(now));
    }
    return left;
  }

  private GroupStatus lookAround() {
    List<FileStatus> all = new ArrayList<>(files.size());
    String problem = reloading.isPresent() ? reloading.get().problem() : "";
    for (GroupFile file : files) {
      all.add(file.status());
      problem = problem.isEmpty() ? file.problem() : problem;
    }
    return new GroupStatus(
        all,
        reloading.isPresent() && reloading.get().isLeft(),
        reloading.isPresent() ? reloading.get().last() : "",
        reloading.isPresent() ? reloading.get().at() : Optional.empty(),
        problem,
        tally.counters());
  }

  /** How it stood after the last step; any thread may ask. */
  GroupStatus status() {
    return status;
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
