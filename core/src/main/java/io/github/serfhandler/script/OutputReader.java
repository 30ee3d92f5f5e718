package io.github.serfhandler.script;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/** Reads what a script prints until nothing holds the pipe any more; confined to its thread. */
final class OutputReader implements Runnable {
  private final InputStream in;
  private final OutputTail tail;
  private final Semaphore permits;

  /** Gives one permit back at its end. */
  OutputReader(InputStream in, OutputTail tail, Semaphore permits) {
    this.in = in;
    this.tail = tail;
    this.permits = permits;
  }

  @Override
  public void run() {
    try {
      read();
    } catch (IOException e) {
      // A pipe does not break; if this one did, what came until then counts.
      return;
    } finally {
      permits.release();
    }
  }

  private void read() throws IOException {
    byte[] buffer = new byte[8 * 1024];
    // See ScriptRun for the reason.
    synchronized (in) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        tail.add(buffer, count);
      }
      in.close();
    }
  }
}
