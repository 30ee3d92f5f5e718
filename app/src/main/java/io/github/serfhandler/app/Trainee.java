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

  /** Takes what is trained: {@code event}, which does for {@code members} too, or {@code etcd}. */
  public static void main(String[] args) {
    String command = args[0];
    // Flags are read by classes of their own. One that is not in the archive makes Java open the
    // jar, which costs 3 ms.
    String address = "--rpc-addr=" + System.getenv("SERF_RPC_ADDR");
    String confDir = "--conf-dir=" + System.getenv("SERF_HANDLER_CONF_DIR");
    int status = 0;
    for (int i = 0; i < 2; i++) { // There is something to write, then there is not.
      if (command.equals("event")) {
        status |= run("members");
        status |= run(command, address, confDir, "--products=product1");
      } else {
        status |= run(command, address, confDir);
      }
      status |= run(command);
    }
    if (status != 0) {
      Runtime.getRuntime().halt(status);
    }
    // As every start begins and ends; it does not return.
    Main.main(new String[] {command});
  }

  private static int run(String... args) {
    return new Cli(
            new Commands(List.of()),
            System.getenv(),
            StandardStreams.out(),
            StandardStreams.err(),
            new Version())
        .run(args);
  }
}
