package io.github.serfhandler.app;

import io.github.serfhandler.app.cli.Cli;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.commands.Commands;
import io.github.serfhandler.handler.HandlerProvider;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The whole of serf-handler as a part of a user's own program, with the user's handlers built in:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   SerfHandlerProgram.run(args, proxy -> proxy.register("web", new WebHandler()));
 * }
 * }</pre>
 *
 * <p>Every command is there. Stateless; called by the main thread, once.
 */
public final class SerfHandlerProgram {
  private SerfHandlerProgram() {}

  /**
   * Runs the command that the arguments name, and ends the process with its status. Nothing else is
   * waited for: threads that are still running end with it, and no shutdown hook is called.
   *
   * @param args the arguments of the command line
   * @param providers the handlers; asked for them by the commands that run handlers, once, before
   *     those of {@code --handlers}
   */
  public static void run(String[] args, HandlerProvider... providers) {
    Map<String, String> environment = System.getenv();
    Output err =
        answersQuery(args, environment)
            ? new Output(OutputStream.nullOutputStream())
            : StandardStreams.err();
    Cli cli =
        new Cli(
            new Commands(List.of(providers)),
            environment,
            StandardStreams.out(),
            err,
            new Version());
    int status = cli.run(args);
    // Not System.exit: when a signal is being answered that would wait for the hook that waits for
    // this thread. Everything that needs closing was closed by the command.
    Runtime.getRuntime().halt(status);
  }

  /**
   * Whether Serf forked this to answer a query. It takes standard error for a part of the answer
   * ({@code invokeEventScript} in {@code invoke.go}), so that nothing may be told there: {@code
   * event} tells all that it can in its log, and settings that can not be read leave the status.
   */
  private static boolean answersQuery(String[] args, Map<String, String> environment) {
    return args.length > 0
        && args[0].equals("event")
        && "query".equals(environment.get("SERF_EVENT"));
  }
}
