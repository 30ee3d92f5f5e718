package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.cli.StopSignal;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.log.StderrLoggerFinder;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.RenderException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code render}: keeps the files and nothing else, writes them once, or shows what would change.
 */
final class RenderCommand implements Command {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  static final Option<Boolean> ONCE =
      Option.ofSwitch("--once", "write what changed, run the checks and reloads, and end");
  static final Option<Boolean> DRY_RUN =
      Option.ofSwitch("--dry-run", "print what would change; write nothing and run nothing");

  @Override
  public String name() {
    return "render";
  }

  @Override
  public String summary() {
    return "keeps the files, or writes or compares them once";
  }

  @Override
  public String description() {
    return """
        Keeps the files of files.render, and services.json, services.yml and fakedhosts.txt,
        in line with the cluster until it is stopped, as the command agent does, but runs no
        handlers and keeps no configuration.

        With --once it writes what changed, checks and reloads as the settings say, prints
        "updated" or "unchanged" and ends: for the build of an image, or for a pipeline. It
        fails where a file can not be rendered, is refused by its check, or where a reload
        fails. With --dry-run it prints a unified diff of what would change, the files as
        they are on this side and as they would be on the other; nothing is written or run,
        and the exit status is 0 with and without changes.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ONCE, DRY_RUN);
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.discoveringAnd(SettingsTable.POLL_PROBE, SettingsTable.POLL_MEMBERS_MAX);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "What would change in HAProxy's configuration",
            "serf-handler render --dry-run --file=haproxy=/etc/haproxy/haproxy.cfg"),
        new Example(
            "Once, by a template",
            "serf-handler render --once --file=template=app.conf.peb:/etc/app.conf"),
        new Example(
            "All that the settings say, until it is stopped",
            "serf-handler render --config=/etc/serf-handler/conf.yml"));
  }

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    boolean once = invocation.value(ONCE);
    Settings settings = invocation.settings();
    if (invocation.value(DRY_RUN)) {
      if (once) {
        throw new UsageException("--dry-run and --once exclude each other; choose one");
      }
      // The program's own environment: only colours hang on it.
      boolean colour = StandardStreams.outWantsColour(System.getenv());
      return DryRun.run(settings, invocation.out(), invocation.err(), colour);
    }
    if (once) {
      boolean updated = OnePass.run(settings, invocation.err());
      invocation.out().line(updated ? "updated" : "unchanged");
      return ExitStatus.DONE;
    }
    StderrLoggerFinder.setLevel(settings.logLevel());
    List<FileSpec> files = Wiring.files(settings);
    try {
      Wiring.prepare(files);
    } catch (RenderException e) {
      invocation.err().line("serf-handler: " + Printable.of(String.valueOf(e.getMessage())));
      return ExitStatus.USAGE;
    }
    StopSignal stop = StopSignal.install(STOP_LIMIT);
    Resident.Work work = new Resident.Work(files, false, new SerfHandlerProxy(), Map.of(), false);
    return new Resident(settings, stop).run(work);
  }
}
