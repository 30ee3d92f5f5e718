package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Snapshot;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A managed file as one of its group: what it shows, and when it is tried again. Confined to one
 * thread, but for {@link #isTouched}.
 */
final class GroupFile {
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final FileSpec spec;
  private final String name;
  private final ManagedFile file;
  private final Optional<Reloading> reloading;
  private final Optional<LiveLink> live;
  private final Tools tools;
  private final Tally tally;
  private final Backoff backoff = new Backoff(LAST_RETRY);
  private final Due retry = new Due();
  private @Nullable Snapshot shown;
  private boolean dirty = true;
  private FileStatus.State state = FileStatus.State.WAITING;
  private Instant since;
  private String cause = "";
  private String reason = "";

  GroupFile(FileSpec spec, Optional<Reloading> reloading, Tools tools, Tally tally) {
    this.spec = spec;
    this.name = name(spec);
    this.file = new ManagedFile(spec, tools);
    this.reloading = reloading;
    this.live =
        spec.live().isPresent()
            ? Optional.of(new LiveLink(spec.live().get(), name, reloading, tools, tally))
            : Optional.empty();
    this.tools = tools;
    this.tally = tally;
    this.since = tools.clock().instant();
  }

  static String name(FileSpec spec) {
    return String.valueOf(spec.path().getFileName());
  }

  boolean isTouched() {
    return file.isTouched();
  }

  /** It is tried at once. */
  void hurry(long now) {
    dirty = true;
    retry.in(now, Duration.ZERO);
  }

  /** Another snapshot is to be shown; whether that makes a difference. */
  boolean follow(Snapshot before, Snapshot now) {
    if (!spec.renderer().stands(before, now)) {
      dirty = true;
      if (cause.isEmpty()) {
        become(FileStatus.State.WAITING);
      }
      return true;
    }
    if (!dirty) {
      shown = now;
    }
    return false;
  }

  /** Brings it in line where it is its turn. */
  void show(Snapshot wanted, boolean quiet, long now) throws InterruptedException {
    if (!retry.isNow(now) && !(quiet && dirty)) {
      return;
    }
    Duration wait = backoff.next();
    retry.in(now, wait); // Whatever comes of it.
    ManagedFile.Attempt attempt = file.show(wanted, this::announce);
    switch (attempt.end()) {
      case CURRENT -> succeeded(wanted);
      case REPLACED -> {
        tally.updates++;
        tools.voice().updated(spec.path());
        succeeded(wanted);
        if (live.isPresent()) {
          live.get().replaced();
        } else if (reloading.isPresent()) {
          reloading.get().owe(tools.nanos().getAsLong(), name);
        }
      }
      case REFUSED -> {
        tally.checksFailed++;
        failed(FileStatus.State.REFUSED, attempt, wait);
      }
      case FAILED -> failed(FileStatus.State.FAILED, attempt, wait);
    }
  }

  private void announce() {
    if (reloading.isPresent()) {
      reloading.get().announce();
    }
  }

  private void succeeded(Snapshot wanted) {
    shown = wanted;
    dirty = false;
    retry.never();
    backoff.reset();
    if (!cause.isEmpty()) {
      cause = "";
      reason = "";
      tools.voice().say(Level.INFO, spec.path() + " is in line again");
    }
    become(FileStatus.State.CURRENT);
  }

  private void failed(FileStatus.State how, ManagedFile.Attempt attempt, Duration wait) {
    retry.in(tools.nanos().getAsLong(), wait);
    boolean repeated = cause.equals(attempt.cause());
    cause = attempt.cause();
    if (!repeated) {
      reason = attempt.reason();
    }
    become(how);
    tools
        .voice()
        .say(repeated ? Level.DEBUG : Level.ERROR, attempt.reason() + tools.voice().next());
    if (!repeated && spec.logOutput()) {
      for (String line : attempt.output()) {
        tools.voice().say(Level.ERROR, "the check of " + name + ": " + line);
      }
    }
  }

  /** Tells the running program what the file in place shows. */
  void bringLive(long now) throws InterruptedException {
    if (live.isPresent() && shown != null) {
      live.get().bring(shown, now);
    }
  }

  /** Its program was reloaded. */
  void reloaded(long now) {
    if (live.isPresent()) {
      live.get().reloaded(now);
    }
  }

  private void become(FileStatus.State next) {
    if (state != next) {
      state = next;
      since = tools.clock().instant();
    }
  }

  FileStatus status() {
    return new FileStatus(spec.path(), state, since, reason);
  }

  String problem() {
    return live.isPresent() ? live.get().problem() : "";
  }

  /** As {@link Due#left}. */
  long left(long now) {
    long lives = live.isPresent() && shown != null ? live.get().left(now) : Due.NEVER;
    return Math.min(retry.left(now), lives);
  }
}
