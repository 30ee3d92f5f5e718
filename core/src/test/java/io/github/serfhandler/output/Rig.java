package io.github.serfhandler.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.testing.RecordingLog;
import io.github.serfhandler.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One group of files on a clock that stands still, with programs that do not exist. */
final class Rig {
  static final long START = Long.MAX_VALUE - 5_000_000L; // It overflows on its way.

  final RecordingLog log = new RecordingLog();
  final ManualClock clock = ManualClock.create();

  /** Each program that ran: the last part of its arguments, and for a check what it saw. */
  final List<String> ran = new ArrayList<>();

  Function<String, ProgramResult> outcome = what -> exited(0);
  long now = START;
  final FileGroup group;

  Rig(Path folder, FileSpec... files) {
    this(folder, (existing, block) -> existing, files);
  }

  Rig(Path folder, BlockMerge merge, FileSpec... files) {
    FileStore store = new FileStore(clock, notice -> {});
    Tools tools =
        new Tools(
            store,
            folder.resolve(".serf-handler"),
            merge,
            () -> now,
            clock,
            this::run,
            Tools.Gate.OPEN,
            new LogVoice(log),
            new Utf8Buffer());
    this.group = new FileGroup(List.of(files), tools);
  }

  static ProgramResult exited(int status) {
    return new ProgramResult(
        ProgramResult.End.EXITED, status, Duration.ofMillis(20), List.of("said so"), "");
  }

  private ProgramResult run(Program program, byte[] input) {
    String last = program.argv().get(program.argv().size() - 1);
    String what = last.startsWith("/") ? "check " + read(Path.of(last)) : last;
    ran.add(what);
    return outcome.apply(what);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the block after what is there, once. */
  static byte[] appended(byte[] existing, ByteBuffer block) {
    byte[] end = new byte[block.remaining()];
    block.duplicate().get(end);
    String before = new String(existing, UTF_8);
    int at = before.indexOf("|");
    String kept = at < 0 ? before : before.substring(0, at);
    return (kept + "|" + new String(end, UTF_8)).getBytes(UTF_8);
  }

  /** Offers, as the follower does at each pass, and takes a step where there is one to take. */
  void offer(String text) {
    if (group.offer(Shows.snapshot(text), true)) {
      step();
    }
  }

  /** Offers what was offered before. */
  void again(String text) {
    if (group.offer(Shows.snapshot(text), false)) {
      step();
    }
  }

  long step() {
    try {
      return group.step();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets time pass; steps are taken when they are due. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    long wait = step();
    while (wait <= end - now) {
      now += wait;
      clock.advance(Duration.ofNanos(wait));
      wait = step();
    }
    clock.advance(Duration.ofNanos(end - now));
    now = end;
  }

  /** What has run since the last call. */
  List<String> ran() {
    List<String> all = List.copyOf(ran);
    ran.clear();
    return all;
  }
}
