package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.app.text.Nearest;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Confined to the main thread: from arguments to an exit status. Every failure ends here as one
 * line on standard error; a user's mistake never shows a stack trace.
 */
public final class Cli {
  private static final String PROGRAM = "serf-handler";

  private final CommandTable table;
  private final Map<String, String> environment;
  private final Output out;
  private final Output err;
  private final Supplier<String> version;

  /**
   * A command line.
   *
   * @param table the commands
   * @param environment the environment variables
   * @param out standard output
   * @param err standard error
   * @param version what {@code --version} prints behind the name of the program
   */
  public Cli(
      CommandTable table,
      Map<String, String> environment,
      Output out,
      Output err,
      Supplier<String> version) {
    this.table = table;
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.version = version;
  }

  /** Runs the command that the arguments name; both streams are flushed then. */
  public int run(String[] args) {
    int status = dispatch(args);
    out.flush();
    err.flush();
    return status;
  }

  private int dispatch(String[] args) {
    if (args.length == 0) {
      err.print(Help.ofProgram(table));
      return ExitStatus.USAGE;
    }
    return switch (args[0]) {
      case "--help", "-h" -> {
        out.print(Help.ofProgram(table));
        yield wroteAll(ExitStatus.DONE);
      }
      case "--version", "version" -> {
        out.line(PROGRAM + " " + version.get());
        yield wroteAll(ExitStatus.DONE);
      }
      case "help" -> help(args);
      default -> named(args[0], args);
    };
  }

  private int named(String name, String[] args) {
    if (name.startsWith("-")) {
      return misuse("", "write the command first, its options behind it");
    }
    Optional<Command> command = table.find(name);
    if (command.isPresent()) {
      return run(command.get(), args, 1);
    }
    return table.group(name).isPresent() ? ofGroup(name, args) : unknownCommand(name);
  }

  private int ofGroup(String group, String[] args) {
    if (args.length == 1) {
      err.print(Help.ofGroup(table, group));
      return ExitStatus.USAGE;
    }
    if (args[1].equals("--help") || args[1].equals("-h") || args[1].equals("help")) {
      out.print(Help.ofGroup(table, group));
      return wroteAll(ExitStatus.DONE);
    }
    if (args[1].startsWith("-")) {
      return misuse(group, "write the command behind " + group + ", its options behind that");
    }
    String name = group + " " + args[1];
    Optional<Command> command = table.find(name);
    return command.isPresent() ? run(command.get(), args, 2) : unknownCommand(name);
  }

  private int help(String[] args) {
    if (args.length == 1) {
      out.print(Help.ofProgram(table));
      return wroteAll(ExitStatus.DONE);
    }
    String name = args.length == 2 ? args[1] : args[1] + " " + args[2];
    Optional<Command> command = table.find(name);
    if (command.isPresent()) {
      out.print(Help.of(command.get()));
    } else if (table.group(name).isPresent()) {
      out.print(Help.ofGroup(table, name));
    } else {
      return unknownCommand(name);
    }
    return wroteAll(ExitStatus.DONE);
  }

  private int unknownCommand(String name) {
    List<String> names = new ArrayList<>(table.names());
    names.add("help");
    return misuse("", "unknown command " + Printable.quoted(name) + Nearest.hint(name, names));
  }

  private int run(Command command, String[] args, int from) {
    boolean traces = false;
    try {
      Arguments arguments = Arguments.parse(command, args, from);
      if (arguments.help()) {
        out.print(Help.of(command));
        return wroteAll(ExitStatus.DONE);
      }
      Settings settings = SettingsLoader.load(environment, arguments.flags());
      traces = settings.logLevel() == System.Logger.Level.DEBUG;
      Invocation invocation =
          new Invocation(settings, arguments.options(), arguments.rest(), out, err);
      return wroteAll(command.run(invocation));
    } catch (UsageException e) {
      return misuse(command.name(), String.valueOf(e.getMessage()));
    } catch (SettingsException e) {
      for (String problem : e.problems()) {
        err.line(problem);
      }
      return ExitStatus.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted", e, traces);
    } catch (SerfAuthException e) {
      return failed(e.getMessage() + "; put it in a file and use --rpc-auth-file", e, traces);
    } catch (FailedException
        | SerfException
        | StoreException
        | RejectedException
        | ConfigLockException
        | TooLongException e) {
      return failed(String.valueOf(e.getMessage()), e, traces);
    } catch (IOException e) {
      return failed(Failures.describe(e), e, traces);
    } catch (UncheckedIOException e) {
      return failed(String.valueOf(e.getMessage()), e, traces);
    } catch (OutOfMemoryError e) {
      return failed(withoutMemory(), e, traces);
    } catch (RuntimeException | Error e) {
      // Closing what is open may run out of memory as well: Java then complains about that alone.
      if (e.getCause() instanceof OutOfMemoryError) {
        return failed(withoutMemory(), e, traces);
      }
      String hint = traces ? "" : "; run it again with --log-level=debug for the trace";
      return failed("unexpected error: " + Failures.describe(e) + hint, e, traces);
    }
  }

  /** The status, unless results could not be written. */
  private int wroteAll(int status) {
    out.flush();
    IOException failure = out.failure();
    // A reader that has seen enough, as head -1, is no failure.
    if (failure == null || StandardStreams.outIsPipe()) {
      return status;
    }
    err.line(PROGRAM + ": cannot write to standard output: " + Failures.describe(failure));
    return ExitStatus.FAILED;
  }

  /** Asks for a power of two, as people write it, that is more than twice as much. */
  private static String withoutMemory() {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    long better = Long.highestOneBit(Math.max(1, mebibytes)) << 2;
    return "out of memory: Java may use "
        + mebibytes
        + " MiB, too little for this cluster; set SERF_HANDLER_HEAP="
        + better
        + "m in the environment";
  }

  private int misuse(String command, String message) {
    String help = command.isEmpty() ? PROGRAM + " --help" : PROGRAM + " " + command + " --help";
    String link = message.endsWith("?") ? " see " : "; see ";
    err.line(PROGRAM + ": " + message + link + help);
    return ExitStatus.USAGE;
  }

  private int failed(String message, Throwable e, boolean traces) {
    out.flush();
    err.line(PROGRAM + ": " + Printable.of(message));
    if (traces) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      err.print(trace.toString());
    }
    return ExitStatus.FAILED;
  }
}
