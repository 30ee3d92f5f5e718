package io.github.serfhandler.output;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What the groups of files of one thread have in common. Immutable but for the buffer.
 *
 * @param store writes the files
 * @param ownFolder where the program keeps what is its own
 * @param merge puts blocks into files
 * @param nanos a clock like {@link System#nanoTime}
 * @param clock the wall clock, for people
 * @param runs runs the programs
 * @param gate what is passed before anything is done that may take long
 * @param voice hears what happens
 * @param buffer space to render into, of the one thread that does their work
 */
record Tools(
    FileStore store,
    Path ownFolder,
    BlockMerge merge,
    LongSupplier nanos,
    Clock clock,
    Runs runs,
    Gate gate,
    Voice voice,
    Utf8Buffer buffer) {

  /** Runs a program on the thread that asks for it. */
  interface Runs {
    /** As {@code ProgramRunner.run}. */
    ProgramResult run(Program program, byte[] input) throws InterruptedException;
  }

  /**
   * What is done between the two may be interrupted, and nothing else, as the interrupt of a write
   * in place would leave half a file.
   */
  interface Gate {
    /** For a thread that nobody interrupts for this. */
    Gate OPEN =
        new Gate() {
          @Override
          public void enter() {}

          @Override
          public void leave() {}
        };

    /**
     * Something long begins.
     *
     * @throws InterruptedException where nothing is to begin any more
     */
    void enter() throws InterruptedException;

    /** It ended. */
    void leave();
  }

  /** Hears each change of state once. */
  interface Voice {
    /** A file was replaced. */
    void updated(Path file);

    /** Something else. */
    void say(Level level, String line);

    /** A program can not be told, and nothing that it should read anew has changed. */
    void away(Level level, String line);

    /** What is said behind a failure about the next attempt. */
    String next();
  }

  ProgramResult run(Program program) throws InterruptedException {
    gate.enter();
    try {
      return runs.run(program, NOTHING);
    } finally {
      gate.leave();
    }
  }

  private static final byte[] NOTHING = new byte[0];

  /** How it came out, with the program's name and nothing of its arguments. */
  static String outcome(Program program, ProgramResult result) {
    return result.problem().isEmpty() ? program + " " + result : result.problem();
  }
}
