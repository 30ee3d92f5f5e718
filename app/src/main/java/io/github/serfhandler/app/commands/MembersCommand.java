package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import java.util.List;

/** {@code members}: one pass, the cron way. */
final class MembersCommand implements Command {
  @Override
  public String name() {
    return "members";
  }

  @Override
  public String summary() {
    return "reads the members once and rewrites the files that changed";
  }

  @Override
  public String description() {
    return """
        Reads the members of the cluster from the local Serf agent, once, and rewrites the
        files that changed. Prints "updated" or "unchanged". For cron, or wherever nothing
        should stay resident.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return Commands.discoveringAnd();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Bring the files in ./conf up to date", "serf-handler members"),
        new Example(
            "Every minute, from /etc/cron.d",
            "* * * * * root serf-handler members --conf-dir=/etc/serf-handler/conf >/dev/null"),
        new Example(
            "For other products than those of this node's tags",
            "serf-handler members --products=product1:product2 --observe=product3"));
  }

  @Override
  public int run(Invocation invocation) {
    Settings settings = invocation.settings();
    boolean updated = OnePass.run(settings, invocation.err());
    invocation.out().line(updated ? "updated" : "unchanged");
    return ExitStatus.DONE;
  }
}
