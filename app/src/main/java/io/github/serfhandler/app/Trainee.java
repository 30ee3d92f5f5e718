package io.github.serfhandler.app;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.commands.Commands;
import java.util.List;

/**
 * Stateless: runs the commands that are to start fast, one after the other in one process, so that
 * the JVM can write down which classes they take. What it asks and where it writes comes in the
 * environment, as for the commands themselves. Ends with status 1 where one of them failed: an
 * archive of a failure would help nobody. Started by {@code training.Training} alone.
 */
final class Trainee {
  private Trainee() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    int status = 0;
    for (int i = 0; i < 2; i++) { // There is something to write, then there is not.
      status |= run("members");
      status |= run("event");
      status |= run("etcd");
    }
    if (status != 0) {
      Runtime.getRuntime().halt(status);
    }
    // As every start begins and ends; it does not return.
    Main.main(new String[] {"event"});
  }

  private static int run(String command) {
    return new Cli(
            new Commands(List.of()),
            System.getenv(),
            StandardStreams.out(),
            StandardStreams.err(),
            new Version())
        .run(new String[] {command});
  }
}
