package io.github.serfhandler.app;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.commands.Commands;

/** The entry point: hands the arguments to the command line and ends with its status. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Cli cli =
        new Cli(
            new Commands(),
            System.getenv(),
            StandardStreams.out(),
            StandardStreams.err(),
            new Version());
    int status = cli.run(args);
    // Not System.exit: when a signal is being answered that would wait for the hook that waits for
    // this thread. Everything that needs closing was closed by the command.
    Runtime.getRuntime().halt(status);
  }
}
