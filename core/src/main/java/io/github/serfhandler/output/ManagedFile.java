package io.github.serfhandler.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.store.Access;
import io.github.serfhandler.store.Candidate;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Stamp;
import io.github.serfhandler.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A file that is checked before it replaces the old one. Confined to one thread, but for {@link
 * #isTouched}.
 */
final class ManagedFile {
  private static final Access PRIVATE =
      new Access(OptionalInt.of(0600), Optional.empty(), Optional.empty());

  /** What became of an attempt. */
  enum End {
    /** It was in line. */
    CURRENT,
    /** It was replaced. */
    REPLACED,
    /** The check did not let it through. */
    REFUSED,
    /** It could not be rendered or written. */
    FAILED
  }

  /**
   * Immutable: an attempt.
   *
   * @param cause what went wrong, the same for the same fault; empty where nothing did
   * @param reason the same for people, one line
   * @param output what the check printed
   */
  record Attempt(End end, String cause, String reason, List<String> output) {
    private static final Attempt CURRENT = new Attempt(End.CURRENT, "", "", List.of());
    private static final Attempt REPLACED = new Attempt(End.REPLACED, "", "", List.of());

    private static Attempt failed(String reason) {
      return new Attempt(End.FAILED, reason, reason, List.of());
    }
  }

  private final FileSpec spec;
  private final Tools tools;
  private final FileStore store;
  private final FileBytes bytes;
  private volatile Optional<Stamp> stamp = Optional.empty();
  private volatile boolean known;

  ManagedFile(FileSpec spec, Tools tools) {
    this.spec = spec;
    this.tools = tools;
    this.store = tools.store();
    this.bytes = new FileBytes(spec, store, tools.merge());
  }

  /**
   * Whether somebody wrote to it, or to what it is made of, since the last attempt; any thread may
   * ask.
   */
  boolean isTouched() {
    return known && (!stamp.equals(store.stamp(spec.path())) || spec.renderer().isStale());
  }

  /**
   * Makes it show the snapshot where the check agrees.
   *
   * @param first called just before it is replaced
   */
  Attempt show(Snapshot snapshot, Runnable first) throws InterruptedException {
    try {
      for (int i = 0; i < FileBytes.ATTEMPTS; i++) {
        Optional<Stamp> before = store.stamp(spec.path());
        stamp = before;
        known = true;
        ByteBuffer whole = bytes.of(snapshot, tools.buffer());
        Optional<Candidate> staged =
            store.stage(spec.path(), whole, spec.access(), spec.check().isPresent());
        if (staged.isEmpty()) {
          return Attempt.CURRENT;
        }
        try (Candidate candidate = staged.get()) {
          Optional<Attempt> refused = check(candidate);
          if (refused.isPresent()) {
            return refused.get();
          }
          // The other bytes are somebody else's, who may have changed them since they were read.
          if (!spec.isBlock() || store.stamp(spec.path()).equals(before)) {
            first.run();
            stamp = candidate.commit();
            return Attempt.REPLACED;
          }
        }
      }
      return Attempt.failed(bytes.restless());
    } catch (StoreException | RenderException e) {
      return Attempt.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) { // A renderer's fault must not keep the other files from it.
      return Attempt.failed("cannot make " + spec.path() + ": " + e);
    }
  }

  private Optional<Attempt> check(Candidate candidate) throws InterruptedException {
    if (spec.check().isEmpty()) {
      return Optional.empty(); // It need not have a file to look at then.
    }
    Program check = spec.check().get();
    Path file = candidate.path();
    if (spec.checkFrame().isEmpty()) {
      return check(check, file);
    }
    String frame = spec.checkFrame().get().around(file);
    // Never made itself: what is staged for it is private, of its own name, and swept at a crash.
    Path name = tools.ownFolder().resolve("frame-" + spec.path().getFileName());
    Optional<Candidate> staged =
        store.stage(name, ByteBuffer.wrap(frame.getBytes(UTF_8)), PRIVATE, true);
    if (staged.isEmpty()) {
      return check(check, name);
    }
    try (Candidate framed = staged.get()) {
      return check(check, framed.path());
    }
  }

  private Optional<Attempt> check(Program check, Path file) throws InterruptedException {
    ProgramResult result = tools.run(check.with(FileSpec.NEW_FILE, file.toString()));
    if (result.succeeded()) {
      return Optional.empty();
    }
    String begin =
        "the check refused "
            + spec.path()
            + (Files.exists(spec.path()) ? ", the old file stays: " : ", there is no file yet: ");
    return Optional.of(
        new Attempt(
            End.REFUSED,
            check + " " + result.reason(),
            begin + Tools.outcome(check, result),
            result.output()));
  }
}
