package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Failures;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.handlers.Handlers;
import io.github.serfhandler.app.handlers.HandlersException;
import io.github.serfhandler.app.log.EventLog;
import io.github.serfhandler.app.log.StderrLoggerFinder;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.handler.AnswerLimit;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.oneshot.ForkedEvent;
import io.github.serfhandler.oneshot.NoEventException;
import io.github.serfhandler.oneshot.OneShotRun;
import io.github.serfhandler.oneshot.PrintedLines;
import io.github.serfhandler.oneshot.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * {@code event}: what Serf forks for each event. Serf takes all that a process prints, on standard
 * output and standard error, for the answer of a query ({@code invokeEventScript} in {@code
 * invoke.go}): for a query nothing but the answer is printed, and everything else is told in the
 * event log.
 */
final class EventCommand implements Command {
  private static final String SERF_EVENT = "SERF_EVENT";

  private final List<HandlerProvider> providers;

  /** Runs the handlers of these providers too. */
  EventCommand(List<HandlerProvider> providers) {
    this.providers = providers;
  }

  @Override
  public String name() {
    return "event";
  }

  @Override
  public String summary() {
    return "runs the handlers for one event, as the event handler of a Serf agent";
  }

  @Override
  public String description() {
    return """
        Runs the handlers of this node's roles for one event of Serf, which comes in the
        environment (SERF_EVENT and others) and on standard input. A query's answer is
        printed, and nothing else: what handlers print, and what became of each event,
        stands in .serf-handler/event.log in the configuration directory. Where no handler
        is registered for the role default, the discovery files and the configuration
        are kept current.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.discoveringAnd(
        SettingsTable.HANDLERS_JARS,
        SettingsTable.HANDLERS_SCRIPTS,
        SettingsTable.HANDLERS_TIMEOUT,
        SettingsTable.HANDLERS_ANSWER_LIMIT,
        SettingsTable.CONFIG_HISTORY,
        SettingsTable.CONFIG_TRUSTED);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "For all events: in the configuration of the Serf agent (give absolute paths there)",
            "\"event_handlers\": [\"serf-handler event --conf-dir=/etc/serf-handler/conf\"]"),
        new Example(
            "With handlers of your own",
            "\"event_handlers\": [\"serf-handler event --handlers=/etc/serf-handler/handlers\"]"),
        new Example(
            "Try by hand what a member that joins does",
            "SERF_EVENT=member-join serf-handler event </dev/null"),
        new Example(
            "Try a user event with a payload, for the handlers of a role",
            "echo v12 | SERF_EVENT=user SERF_USER_EVENT=deploy SERF_TAG_ROLE=web serf-handler event"
                + " --handlers=my.jar"),
        new Example(
            "Try a query, which prints its answer",
            "SERF_EVENT=query SERF_QUERY_NAME=load serf-handler event --handlers=my.jar"
                + " </dev/null"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    Settings settings = invocation.settings();
    Path folder = settings.confDir().resolve(Discovery.OWN_FOLDER);
    EventLog log = new EventLog(folder, settings.logLevel(), Clock.systemUTC());
    StderrLoggerFinder.setLevel(settings.logLevel());
    StderrLoggerFinder.redirect(log.stream());
    try {
      int status = handle(invocation, settings, log);
      IOException failure = log.failure();
      if (failure != null) {
        tell(
            invocation, "warning: the event log can not be written: " + Failures.describe(failure));
      }
      return status;
    } catch (HandlersException e) {
      log.write(Level.ERROR, String.valueOf(e.getMessage()));
      log.trace(e);
      if ("query".equals(System.getenv(SERF_EVENT))) {
        // The asker waits for an answer, and Serf takes none of a process that ends as failed.
        invocation.out().bytes(failed(settings).bytes());
        return ExitStatus.DONE;
      }
      tell(invocation, String.valueOf(e.getMessage()));
      return ExitStatus.USAGE;
    } catch (NoEventException e) {
      // By hand, without any event, it leaves nothing behind.
      if (System.getenv(SERF_EVENT) != null) {
        log.write(Level.ERROR, String.valueOf(e.getMessage()));
      }
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      log.write(Level.ERROR, "unexpected error: " + Failures.describe(e));
      log.trace(e);
      throw e;
    }
  }

  private int handle(Invocation invocation, Settings settings, EventLog log)
      throws NoEventException, InterruptedException {
    ForkedEvent forked =
        ForkedEvent.read(System.getenv(), StandardStreams.in(), ForkedEvent.DEADLINE);
    for (String note : forked.notes()) {
      log.write(Level.WARNING, note);
    }
    ForkedNode node = new ForkedNode(forked.self(), settings, log);
    PrintedLines printed = divert(log);
    Report report;
    try {
      SerfHandlerProxy proxy = Handlers.load(settings, providers, log::write);
      AnswerLimit limit = new AnswerLimit(settings.answerLimit(), forked.self().name());
      OneShotRun run = new OneShotRun(proxy, settings.handlerTimeout(), OneShotRun.GRACE, limit);
      report = run.run(forked.event(), node);
    } finally {
      printed.close();
    }
    invocation.out().bytes(report.answer().bytes());
    log(report, node.updated(), log);
    boolean query = report.event() instanceof QueryEvent;
    if ((report.failed() && !query) || report.event() instanceof UnknownEvent) {
      tell(invocation, report.summary());
    }
    return report.endsAsFailed() ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  /** What the asker gets where no handler could be asked. */
  private static Payload failed(Settings settings) {
    Map<String, String> environment = System.getenv();
    String node = environment.getOrDefault("SERF_SELF_NAME", "");
    String name = environment.getOrDefault("SERF_QUERY_NAME", "");
    Payload answer = Messages.failedAnswer(new QueryEvent(0, 0, 0, name, Payload.EMPTY), node);
    return new AnswerLimit(settings.answerLimit(), node).fit(answer, warning -> {});
  }

  /** What handlers print from now on is lines of the log; for the rest of the process. */
  private static PrintedLines divert(EventLog log) {
    PrintedLines printed = new PrintedLines(line -> log.write(Level.INFO, "printed: " + line));
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    return printed;
  }

  private static void log(Report report, List<Path> updated, EventLog log) {
    StringBuilder text = new StringBuilder(report.summary());
    String before = "; updated ";
    for (Path file : updated) {
      text.append(before).append(file.getFileName());
      before = ", ";
    }
    log.write(report.level(), text.toString());
    for (String warning : report.warnings()) {
      log.write(Level.WARNING, warning);
    }
    for (CallResult result : report.results()) {
      Throwable failure = result.failure().orElse(null);
      if (failure != null
          && !(failure instanceof HandlerException)
          && result.outcome() == Outcome.FAILED) {
        log.trace(failure);
      }
    }
  }

  private static void tell(Invocation invocation, String text) {
    invocation.err().line("serf-handler: " + Printable.of(text));
  }
}
