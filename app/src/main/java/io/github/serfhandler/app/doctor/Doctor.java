package io.github.serfhandler.app.doctor;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.catalog.Catalog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Confined to its caller's thread: makes all checks, one after the other, within seconds. */
public final class Doctor {
  private final Settings settings;
  private final Map<String, String> environment;
  private final Clock clock;
  private final List<Check> checks = new ArrayList<>();

  /**
   * A doctor for what these settings describe.
   *
   * @param clock the wall clock
   */
  public Doctor(Settings settings, Map<String, String> environment, Clock clock) {
    this.settings = settings;
    this.environment = environment;
    this.clock = clock;
  }

  /** All findings, in the order of the things that stand on each other. */
  public List<Check> examine() {
    ClockCheck clockCheck = ClockCheck.begin(clock);
    group("java", () -> List.of(ProgramChecks.java(Runtime.version())));
    group("serf program", () -> List.of(ProgramChecks.serf(environment)));
    group("settings", () -> SettingsChecks.of(settings, environment));
    AgentExam agent = new AgentExam(settings);
    group("agent", agent::examine);
    Optional<AgentExam.Report> report = agent.report();
    if (report.isPresent()) {
      Catalog catalog = Catalog.of(report.get().members());
      group("tags", () -> TagChecks.of(report.get().stats(), catalog));
    }
    group("directory", () -> DirectoryChecks.of(settings.confDir()));
    if (report.isPresent()) {
      group("files", () -> FileChecks.of(settings, report.get(), clock.instant()));
    }
    group(
        "resident agent",
        () -> StatusCheck.of(settings.confDir(), pid -> ProcessHandle.of(pid).isPresent()));
    group(
        "kept files",
        () -> KeptFilesCheck.of(settings.confDir(), pid -> ProcessHandle.of(pid).isPresent()));
    group("clock", () -> clockCheck.end(settings.confDir()));
    return List.copyOf(checks);
  }

  /** A check that breaks down is a finding, and does not keep the others from theirs. */
  private void group(String subject, Supplier<List<Check>> group) {
    try {
      checks.addAll(group.get());
    } catch (RuntimeException e) {
      checks.add(
          Check.fail(
              subject, "could not be checked: " + e, "this is a fault of serf-handler; report it"));
    }
  }
}
