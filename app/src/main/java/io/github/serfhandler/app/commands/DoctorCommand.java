package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.ArrayList;
import java.util.List;

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
        they would see.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(Option.FORMAT);
  }

  @Override
  public List<Setting<?>> settings() {
    return new ArrayList<>(SettingsTable.ALL);
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
    throw new FailedException("doctor is not part of this build yet");
  }
}
