package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.Setting;
import java.util.List;

/** Stateless: what {@code --help} prints. */
final class Help {
  private static final String PROGRAM = "serf-handler";

  private Help() {}

  static String ofProgram(CommandTable table) {
    StringBuilder text = new StringBuilder(1024);
    text.append("serf-handler turns a Serf cluster into service discovery files.\n\n");
    text.append("Usage:\n  serf-handler COMMAND [OPTIONS]\n\nCommands:\n");
    Rows rows = new Rows();
    String lastGroup = "";
    for (String name : table.names()) {
      int blank = name.indexOf(' ');
      if (blank < 0) {
        rows.add(name, table.find(name).orElseThrow().summary());
      } else if (!name.substring(0, blank).equals(lastGroup)) {
        lastGroup = name.substring(0, blank);
        rows.add(lastGroup, table.group(lastGroup).orElseThrow());
      }
    }
    rows.add("help COMMAND", "shows the options of a command, with examples");
    rows.add("--version", "shows the version");
    rows.appendTo(text);
    text.append("\nTo see it work, with nothing to set up:\n  serf-handler agent --dev\n");
    return text.toString();
  }

  /** Of a group of commands. */
  static String ofGroup(CommandTable table, String group) {
    StringBuilder text = new StringBuilder(1024);
    text.append("serf-handler ").append(group).append(' ');
    text.append(table.group(group).orElseThrow()).append(".\n\n");
    text.append("Usage:\n  serf-handler ").append(group).append(" COMMAND [OPTIONS]\n");
    text.append("\nCommands:\n");
    Rows rows = new Rows();
    for (String name : table.namesIn(group)) {
      rows.add(name, table.find(name).orElseThrow().summary());
    }
    rows.add("help " + group + " COMMAND", "shows the options of a command, with examples");
    rows.appendTo(text);
    return text.toString();
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder(2048);
    text.append(command.description()).append("\n\nUsage:\n  ");
    text.append(PROGRAM).append(' ').append(command.name()).append(" [OPTIONS]");
    if (!command.arguments().isEmpty()) {
      text.append(' ').append(command.arguments());
    }
    text.append("\n\nExamples:\n");
    List<Example> examples = command.examples();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      text.append(i == 0 ? "" : "\n").append("  # ").append(example.purpose());
      text.append("\n  ").append(example.line()).append('\n');
    }
    text.append("\nOptions:\n");
    Rows rows = new Rows();
    for (Option<?> option : command.options()) {
      if (option.takesValue()) {
        String standard = option.defaultText();
        rows.add(
            option.flag() + "=" + option.type().placeholder(),
            option.summary() + (standard.isEmpty() ? "" : " (default " + standard + ")"));
      } else {
        rows.add(option.flag(), option.summary());
      }
    }
    for (Setting<?> setting : command.settings()) {
      rows.add(setting.flag() + "=" + setting.type().placeholder(), summary(setting));
    }
    rows.add("-h, --help", "shows this text");
    rows.appendTo(text);
    text.append("\nExit status: 0 done, 1 failed, 2 wrong usage or settings.\n");
    return text.toString();
  }

  private static String summary(Setting<?> setting) {
    String text = setting.summary();
    String standard = setting.defaultText();
    if (standard != null && !standard.isEmpty()) {
      text += " (default " + standard + ")";
    }
    // Those that do not follow the rule are worth a word; the rule stands in the reference.
    if (!setting.variable().startsWith("SERF_HANDLER_")) {
      text += " [" + setting.variable() + "]";
    }
    return text;
  }

  /** Confined to one help text: two aligned columns. */
  private static final class Rows {
    private static final int MOST = 32;

    private final java.util.ArrayList<String> left = new java.util.ArrayList<>();
    private final java.util.ArrayList<String> right = new java.util.ArrayList<>();
    private int width;

    void add(String name, String text) {
      left.add(name);
      right.add(text);
      width = Math.min(MOST, Math.max(width, name.length()));
    }

    void appendTo(StringBuilder out) {
      for (int i = 0; i < left.size(); i++) {
        String name = left.get(i);
        out.append("  ").append(name);
        if (name.length() > width) {
          out.append('\n').append(" ".repeat(width + 4));
        } else {
          out.append(" ".repeat(width - name.length() + 2));
        }
        out.append(right.get(i)).append('\n');
      }
    }
  }
}
