package io.github.serfhandler.app.reference;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.CommandTable;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.commands.Commands;
import io.github.serfhandler.app.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** Stateless: {@code docs/reference/commands.md}. */
final class CommandsPage {
  private CommandsPage() {}

  static String text() {
    CommandTable table = new Commands();
    StringBuilder out = new StringBuilder(8192);
    out.append(
        """
        # Commands
        <!-- Generated from the commands' own help. After a change: mvn -q -pl app -am test -Dtest=ReferenceTest,HelpTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate -->

        `serf-handler COMMAND [OPTIONS]`; in a checkout `./serf-handler`. `serf-handler help COMMAND` shows the same as this page.

        | command | what it does |
        |---|---|
        """);
    for (String name : table.names()) {
      Command command = table.find(name).orElseThrow();
      out.append("| [").append(name).append("](#").append(name.replace(' ', '-')).append(") | ");
      out.append(command.summary()).append(" |\n");
    }
    out.append(
        """

        - Options are written `--flag value` or `--flag=value`; of one given twice the last counts; `--` ends them.
        - Results go to standard output, everything else to standard error. `--format=json` is for programs: fields may be added to it, none will be taken away or change its meaning.
        - Exit status: 0 done; 1 failed, with a line that says what and what to do; 2 the arguments or the settings cannot be used, so that trying again does not help.
        - Text from the cluster (node names, tags) is printed with control characters escaped.
        - There is colour in `doctor` and `config diff` alone, on a terminal alone; `NO_COLOR` turns it off.

        """);
    for (String name : table.names()) {
      describe(table.find(name).orElseThrow(), out);
    }
    return out.toString().stripTrailing() + "\n";
  }

  private static void describe(Command command, StringBuilder out) {
    out.append("## ").append(command.name()).append('\n');
    out.append(command.description().replace('\n', ' ')).append("\n\n```\n");
    out.append("serf-handler ").append(command.name()).append(" [OPTIONS]");
    out.append(command.arguments().isEmpty() ? "" : " " + command.arguments()).append("\n");
    for (Example example : command.examples()) {
      out.append("\n# ").append(example.purpose()).append('\n');
      out.append(example.line()).append('\n');
    }
    out.append("```\n\n");
    for (Option<?> option : command.options()) {
      out.append("- `").append(option.flag());
      if (option.takesValue()) {
        out.append('=').append(option.type().placeholder()).append("`: ").append(option.summary());
        String standard = option.defaultText();
        out.append(standard.isEmpty() ? "" : " (default `" + standard + "`)");
      } else {
        out.append("`: ").append(option.summary());
      }
      out.append('\n');
    }
    List<String> flags = new ArrayList<>();
    for (Setting<?> setting : command.settings()) {
      String anchor = setting.key().replace(".", "");
      flags.add("[`" + setting.flag() + "`](settings.md#" + anchor + ")");
    }
    out.append("- [Settings](settings.md): ").append(String.join(", ", flags)).append("\n\n");
  }
}
