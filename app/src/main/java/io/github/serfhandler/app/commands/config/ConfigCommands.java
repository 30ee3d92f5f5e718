package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.List;
import java.util.Optional;

/** Stateless: the commands of the group {@code config}. */
public final class ConfigCommands {
  /** The name of the group. */
  public static final String GROUP = "config";

  /** What the group is for. */
  public static final String SUMMARY = "shows and changes the configuration of the fleet";

  /** The names of its commands, in the order of the help. */
  public static final List<String> NAMES =
      List.of(
          "config publish",
          "config get",
          "config list",
          "config status",
          "config history",
          "config diff",
          "config rollback",
          "config delete",
          "config restore",
          "config keygen");

  /** The settings of a command that looks at this node's files alone. */
  static final List<Setting<?>> LOCAL =
      List.of(
          SettingsTable.CONF_DIR,
          SettingsTable.CONFIG_HISTORY,
          SettingsTable.CONFIG,
          SettingsTable.LOG_LEVEL);

  private ConfigCommands() {}

  /** The command of that name; empty where it is none of these. */
  public static Optional<Command> find(String name) {
    return switch (name) {
      case "config publish" -> Optional.of(new PublishCommand());
      case "config get" -> Optional.of(new GetCommand());
      case "config list" -> Optional.of(new ListCommand());
      case "config status" -> Optional.of(new StatusCommand());
      case "config history" -> Optional.of(new HistoryCommand());
      case "config diff" -> Optional.of(new DiffCommand());
      case "config rollback" -> Optional.of(new RollbackCommand());
      case "config restore" -> Optional.of(new RestoreCommand());
      case "config delete" -> Optional.of(new DeleteCommand());
      case "config keygen" -> Optional.of(new KeygenCommand());
      default -> Optional.empty();
    };
  }
}
