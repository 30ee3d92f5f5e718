package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.doctor.Check;
import io.github.serfhandler.app.doctor.Doctor;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code doctor}: checks what the program needs, and says what to mend. */
final class DoctorCommand implements Command {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "checks agent, tags, sizes, directories and clocks; says what to mend";
  }

  @Override
  public String description() {
    return """
        Checks everything that the program needs and prints a line for each check: ok, warn
        or fail, what was found, and what to do about it. Changes nothing. Ends with status
        1 when any check fails; takes the flags of the other commands, so that it sees what
        they would see. As JSON: a list of objects with result, subject, finding, remedy.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> settings = new ArrayList<>(SettingsTable.ALL);
    settings.removeIf(setting -> !setting.type().hasText());
    return settings;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Check this machine", "serf-handler doctor"),
        new Example(
            "Check what the service sees",
            "serf-handler doctor --config=/etc/serf-handler/conf.yml"),
        new Example(
            "Only what fails, for a monitor",
            "serf-handler doctor --format=json | jq '.[] | select(.result == \"fail\")'"));
  }

  @Override
  public int run(Invocation invocation) {
    Map<String, String> environment = System.getenv();
    List<Check> checks =
        new Doctor(invocation.settings(), environment, Clock.systemUTC()).examine();
    if (invocation.value(Option.FORMAT)) {
      json(checks).print(invocation.out());
    } else {
      boolean colour = StandardStreams.outWantsColour(environment);
      for (Check check : checks) {
        invocation.out().line(line(check, colour));
      }
    }
    for (Check check : checks) {
      if (check.result() == Check.Result.FAIL) {
        return ExitStatus.FAILED;
      }
    }
    return ExitStatus.DONE;
  }

  static String line(Check check, boolean colour) {
    String word = check.result().word();
    StringBuilder line = new StringBuilder(120);
    if (colour) {
      line.append("\u001b[").append(colour(check.result())).append('m');
      line.append(word).append("\u001b[0m");
    } else {
      line.append(word);
    }
    line.append(" ".repeat(6 - word.length()));
    line.append(check.subject()).append(": ").append(Printable.of(check.finding()));
    if (!check.remedy().isEmpty()) {
      line.append(" \u2014 ").append(Printable.of(check.remedy()));
    }
    return line.toString();
  }

  static Json json(List<Check> checks) {
    Json json = new Json().beginArray();
    for (Check check : checks) {
      json.beginObject()
          .member("result", check.result().word())
          .member("subject", check.subject())
          .member("finding", check.finding())
          .member("remedy", check.remedy())
          .endObject();
    }
    return json.endArray();
  }

  private static int colour(Check.Result result) {
    return switch (result) {
      case OK -> 32;
      case WARN -> 33;
      case FAIL -> 31;
    };
  }
}
