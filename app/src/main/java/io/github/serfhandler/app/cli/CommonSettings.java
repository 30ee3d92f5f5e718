package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.ArrayList;
import java.util.List;

/** Stateless: the settings that many commands take. */
public final class CommonSettings {
  private CommonSettings() {}

  /** What every command takes that talks to the agent, and after that its own. */
  public static List<Setting<?>> talkingAnd(Setting<?>... own) {
    List<Setting<?>> settings = new ArrayList<>(own.length + 6);
    settings.add(SettingsTable.RPC_ADDR);
    settings.add(SettingsTable.RPC_AUTH);
    settings.add(SettingsTable.RPC_AUTH_FILE);
    settings.add(SettingsTable.RPC_TIMEOUT);
    for (Setting<?> setting : own) {
      settings.add(setting);
    }
    settings.add(SettingsTable.CONFIG);
    settings.add(SettingsTable.LOG_LEVEL);
    return settings;
  }
}
