package io.github.serfhandler.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/** Tells a process its input, as far as it wants to know; confined to the thread that runs it. */
final class InputWriter implements Runnable {
  private final OutputStream out;
  private final byte[] input;
  private final Semaphore permits;

  /** Gives one permit back at the end of {@link #run}. */
  InputWriter(OutputStream out, byte[] input, Semaphore permits) {
    this.out = out;
    this.input = input;
    this.permits = permits;
  }

  @Override
  public void run() {
    try {
      write();
    } finally {
      permits.release();
    }
  }

  /** Writes all and closes. Returns whether the process took it. */
  boolean write() {
    try (out) {
      out.write(input);
      return true;
    } catch (IOException e) {
      // A process need not read: it closed its input, or ended.
      return false;
    }
  }
}
