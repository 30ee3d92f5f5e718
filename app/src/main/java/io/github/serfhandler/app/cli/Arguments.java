package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Nearest;
import io.github.serfhandler.app.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its caller's thread: takes apart what stands behind the name of a command. Flags are
 * {@code --flag value} or {@code --flag=value}; of a flag given twice the last counts, or both
 * where its value is a list of lines; {@code --} ends the flags.
 */
final class Arguments {
  private final Command command;
  private final Map<String, String> flags = new HashMap<>();
  private final Map<String, String> options = new HashMap<>();
  private final List<String> rest = new ArrayList<>();
  private boolean help;

  private Arguments(Command command) {
    this.command = command;
  }

  /**
   * The arguments from an index on.
   *
   * @throws UsageException when they cannot be used
   */
  static Arguments parse(Command command, String[] args, int from) {
    Arguments arguments = new Arguments(command);
    arguments.read(args, from);
    return arguments;
  }

  /** Whether help was asked for; the rest was then not checked. */
  boolean help() {
    return help;
  }

  /** The texts of settings, by flag. */
  Map<String, String> flags() {
    return flags;
  }

  /** The texts of the command's own options, by flag. */
  Map<String, String> options() {
    return options;
  }

  /** What is no flag. */
  List<String> rest() {
    return rest;
  }

  private void read(String[] args, int from) {
    for (int i = from; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--help") || arg.equals("-h")) {
        help = true;
        return;
      }
      if (arg.equals("--")) {
        for (int j = i + 1; j < args.length; j++) {
          rest.add(args[j]);
        }
        break;
      }
      if (arg.length() > 1 && arg.startsWith("-")) {
        String next = i + 1 < args.length ? args[i + 1] : null;
        if (readFlag(arg, next)) {
          i++;
        }
      } else {
        rest.add(arg);
      }
    }
    if (rest.size() > command.maxArguments()) {
      String extra = rest.get(command.maxArguments());
      throw new UsageException("unexpected argument " + Printable.quoted(extra));
    }
  }

  /** Reads one flag; true when it took the next argument as its value. */
  private boolean readFlag(String arg, @Nullable String next) {
    int equals = arg.indexOf('=');
    String flag = equals < 0 ? arg : arg.substring(0, equals);
    String value = equals < 0 ? null : arg.substring(equals + 1);
    Option<?> option = option(flag);
    if (option != null && !option.takesValue()) {
      if (value != null) {
        throw new UsageException(flag + " takes no value; write " + flag + " alone");
      }
      options.put(flag, "on");
      return false;
    }
    Setting<?> setting = setting(flag);
    if (option == null && setting == null) {
      throw unknown(flag);
    }
    boolean tookNext = value == null && next != null && !next.startsWith("--");
    String text = tookNext ? next : value;
    if (text == null) {
      throw new UsageException(flag + " needs a value" + valueHint(flag, option, setting));
    }
    if (option != null) {
      check(option, text);
      if (option.type().repeats()) {
        addLine(options, flag, text);
      } else {
        options.put(flag, text);
      }
    } else if (setting != null && setting.type().repeats()) {
      addLine(flags, flag, text);
    } else {
      flags.put(flag, text);
    }
    return tookNext;
  }

  private static void addLine(Map<String, String> values, String flag, String text) {
    if (text.indexOf('\n') >= 0) {
      throw new UsageException(
          flag + " holds a line break; give each line a flag of its own, or write it in a file");
    }
    String before = values.get(flag);
    values.put(flag, before == null ? text : before + "\n" + text);
  }

  private static String valueHint(
      String flag, @Nullable Option<?> option, @Nullable Setting<?> setting) {
    if (setting != null) {
      return "; write for example " + flag + "=" + setting.example();
    }
    return option == null ? "" : "; write " + flag + "=" + option.type().placeholder();
  }

  private static void check(Option<?> option, String text) {
    try {
      option.type().parse(text);
    } catch (BadValueException e) {
      throw new UsageException(
          option.flag() + ": " + Printable.quoted(text) + " " + e.getMessage());
    }
  }

  private @Nullable Option<?> option(String flag) {
    List<Option<?>> all = command.options();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).flag().equals(flag)) {
        return all.get(i);
      }
    }
    return null;
  }

  private @Nullable Setting<?> setting(String flag) {
    List<Setting<?>> all = command.settings();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).flag().equals(flag)) {
        return all.get(i);
      }
    }
    return null;
  }

  private UsageException unknown(String flag) {
    List<Setting<?>> all = SettingsTable.ALL;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).flag().equals(flag)) {
        return new UsageException(flag + " is not an option of " + command.name());
      }
    }
    List<String> known = new ArrayList<>();
    known.add("--help");
    for (Option<?> option : command.options()) {
      known.add(option.flag());
    }
    for (Setting<?> setting : command.settings()) {
      known.add(setting.flag());
    }
    // Serf's own flags have one dash: who types -rpc-addr means --rpc-addr.
    String typed = flag.startsWith("--") ? flag : "-" + flag;
    return new UsageException("unknown option " + Printable.of(flag) + Nearest.hint(typed, known));
  }
}
