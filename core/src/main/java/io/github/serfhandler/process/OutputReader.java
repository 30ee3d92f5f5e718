package io.github.serfhandler.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * Starts a process and reads what it prints until nothing holds the pipe any more; confined to its
 * thread, but for {@link #process()}.
 *
 * <p>It starts the process itself, so that it has the monitor of the stream before the program is
 * over, but for the shortest ones on a very busy machine: see {@link ChildRun} for the reason.
 */
final class OutputReader implements Runnable {
  private final ProcessBuilder builder;
  private final OutputTail tail;
  private final Semaphore permits;
  private final CompletableFuture<Process> started = new CompletableFuture<>();

  /** Gives one permit back at its end. */
  OutputReader(ProcessBuilder builder, OutputTail tail, Semaphore permits) {
    this.builder = builder;
    this.tail = tail;
    this.permits = permits;
  }

  /**
   * The process; waits until it is started, which an interrupt does not end.
   *
   * @throws IOException where it can not be started
   */
  Process process() throws IOException {
    try {
      return started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void run() {
    try {
      read(builder.start());
    } catch (IOException | RuntimeException e) {
      // Where the process runs, the pipe broke, which a pipe does not do: what came counts.
      boolean ignored = started.completeExceptionally(e);
    } finally {
      permits.release();
    }
  }

  private void read(Process process) throws IOException {
    byte[] buffer = new byte[8 * 1024];
    InputStream in = process.getInputStream();
    synchronized (in) {
      boolean ignored = started.complete(process);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        tail.add(buffer, count);
      }
      in.close();
    }
  }
}
