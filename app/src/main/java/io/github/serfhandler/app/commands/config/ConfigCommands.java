package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.ArrayList;
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
      List.of("config publish", "config status", "config delete", "config keygen");

  private ConfigCommands() {}

  /** The command of that name; empty where it is none of these. */
  public static Optional<Command> find(String name) {
    return switch (name) {
      case "config publish" -> Optional.of(new PublishCommand());
      case "config status" -> Optional.of(new StatusCommand());
      case "config delete" -> Optional.of(new DeleteCommand());
      case "config keygen" -> Optional.of(new KeygenCommand());
      default -> Optional.empty();
    };
  }

  /** What every command takes that talks to the agent, and after that its own. */
  static List<Setting<?>> talkingAnd(Setting<?>... own) {
    List<Setting<?>> settings = new ArrayList<>();
    settings.addAll(SettingsTable.OF_THE_AGENT);
    settings.addAll(List.of(own));
    settings.add(SettingsTable.CONFIG);
    settings.add(SettingsTable.LOG_LEVEL);
    return settings;
  }
}
