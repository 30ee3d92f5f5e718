package io.github.serfhandler.app.training;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.commands.Commands;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stateless: runs the commands that are to start fast in one process, as {@link
 * io.github.serfhandler.app.cli.Cli} runs them in processes of their own. Ends with status 1 where
 * one of them failed: an archive of a failure would help nobody.
 *
 * <p>The arguments are the agent's address and the configuration directory.
 */
public final class Trainee {
  /** What only a real start runs, which stands where nothing may depend on it. */
  private static final List<String> STARTERS =
      List.of(
          "io.github.serfhandler.app.Main",
          "io.github.serfhandler.app.SerfHandlerProgram",
          "io.github.serfhandler.app.Version");

  private Trainee() {}

  public static void main(String[] args) throws ClassNotFoundException {
    for (String starter : STARTERS) {
      Class.forName(starter);
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SERF_RPC_ADDR", args[0]);
    environment.put("SERF_HANDLER_CONF_DIR", args[1]);
    int status = 0;
    for (int i = 0; i < 2; i++) { // There is something to write, then there is not.
      status |= run(environment, "event");
      status |= run(environment, "members");
    }
    Runtime.getRuntime().halt(status);
  }

  private static int run(Map<String, String> environment, String... args) {
    return new Cli(
            new Commands(List.of()), environment, StandardStreams.out(), StandardStreams.err(), () -> "")
        .run(args);
  }
}
