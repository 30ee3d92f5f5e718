package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.CommandTable;
import io.github.serfhandler.app.cli.CommonSettings;
import io.github.serfhandler.app.commands.config.ConfigCommands;
import io.github.serfhandler.app.commands.etcd.EtcdCommand;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.handler.HandlerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Immutable: the commands of this program. A command is added by its class and two lines here. */
public final class Commands implements CommandTable {
  private static final List<String> NAMES = names(ConfigCommands.NAMES);

  private final List<HandlerProvider> providers;

  /** The commands of serf-handler itself. */
  public Commands() {
    this(List.of());
  }

  /** The commands of a program that brings handlers along. */
  public Commands(List<HandlerProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  private static List<String> names(List<String> ofConfig) {
    List<String> names =
        new ArrayList<>(
            List.of("agent", "event", "members", "render", "etcd", "services", "nodes"));
    names.addAll(ofConfig);
    names.addAll(Watching.NAMES);
    names.add("doctor");
    return List.copyOf(names);
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public Optional<String> group(String name) {
    return switch (name) {
      case ConfigCommands.GROUP -> Optional.of(ConfigCommands.SUMMARY);
      case Watching.GROUP -> Optional.of(Watching.SUMMARY);
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<Command> find(String name) {
    return switch (name) {
      case "agent" -> Optional.of(new AgentCommand(providers));
      case "event" -> Optional.of(new EventCommand(providers));
      case "members" -> Optional.of(new MembersCommand());
      case "render" -> Optional.of(new RenderCommand());
      case "etcd" -> Optional.of(new EtcdCommand());
      case "services" -> Optional.of(new ServicesCommand());
      case "nodes" -> Optional.of(new NodesCommand());
      case "watch etcd" -> Optional.of(new WatchEtcdCommand());
      case "watch dir" -> Optional.of(new WatchDirCommand());
      case "watch store" -> Optional.of(new WatchStoreCommand());
      case "doctor" -> Optional.of(new DoctorCommand());
      default -> ConfigCommands.find(name);
    };
  }

  /** What every command takes that talks to the agent, and after that its own. */
  static List<Setting<?>> talkingAnd(Setting<?>... own) {
    return CommonSettings.talkingAnd(own);
  }

  /** What every command takes that turns members into files, and after that its own. */
  static List<Setting<?>> discoveringAnd(Setting<?>... own) {
    List<Setting<?>> settings = new ArrayList<>();
    settings.add(SettingsTable.CONF_DIR);
    settings.add(SettingsTable.PRODUCTS);
    settings.add(SettingsTable.OBSERVE);
    settings.add(SettingsTable.FILES_DEFAULTS);
    settings.add(SettingsTable.FILES_RENDER);
    settings.add(SettingsTable.HOSTS_SLOTS);
    settings.add(SettingsTable.GUARD);
    settings.add(SettingsTable.GUARD_WINDOW);
    settings.add(SettingsTable.GUARD_FRACTION);
    settings.add(SettingsTable.GUARD_MINIMUM);
    settings.add(SettingsTable.GUARD_HOLD);
    for (Setting<?> setting : own) {
      settings.add(setting);
    }
    return talkingAnd(settings.toArray(new Setting<?>[0]));
  }
}
