package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.cli.StandardStreams;
import java.io.OutputStream;

/**
 * Confined to the main thread: how many nodes have answered, on one line of a terminal that is
 * wiped in the end. Where standard error is no terminal nothing is shown.
 */
final class Progress {
  private static final String WIPE = "\r\u001b[K";

  /** Shows nothing. */
  static final Progress NONE = new Progress(new Output(OutputStream.nullOutputStream()), false);

  private final Output err;
  private final boolean shown;

  private Progress(Output err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /** On standard error, where that is a terminal. */
  static Progress on(Output err) {
    return new Progress(err, StandardStreams.errIsTerminal());
  }

  /** Shows that so many have answered. */
  void show(int answered, int expected) {
    if (shown && expected > 0) {
      err.print(WIPE + answered + " of " + expected).flush();
    }
  }

  /** Takes it off the terminal. */
  void end() {
    if (shown) {
      err.print(WIPE).flush();
    }
  }
}
