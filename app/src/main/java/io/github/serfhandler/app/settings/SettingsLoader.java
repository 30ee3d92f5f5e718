package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confined to its caller's thread: brings together what the places say. A flag wins over the
 * environment, the environment over the file, the file over the default. A value in the file is
 * checked even where another place wins, so that the file is known to be good.
 */
public final class SettingsLoader {
  private static final int SIZE = SettingsTable.ALL.size();

  private final List<String> problems = new ArrayList<>();
  private final @Nullable Object[] values = new @Nullable Object[SIZE];
  private final Origin[] origins = new Origin[SIZE];

  private SettingsLoader() {}

  /**
   * The settings of a run.
   *
   * @param environment the environment; other variables may stand in it; an empty value counts as
   *     not set
   * @param flags what the command line gave, from flag ({@code --rpc-addr}) to text
   * @throws SettingsException when something in any of the places cannot be used
   */
  public static Settings load(Map<String, String> environment, Map<String, String> flags) {
    SettingsLoader loader = new SettingsLoader();
    loader.takeDefaults();
    Path file = loader.file(environment, flags);
    if (file != null) {
      loader.takeFile(file);
    }
    for (int i = 0; i < SIZE; i++) {
      loader.takeText(SettingsTable.ALL.get(i), environment, flags);
    }
    loader.checkTogether();
    if (!loader.problems.isEmpty()) {
      throw new SettingsException(loader.problems);
    }
    return new Settings(loader.values, loader.origins);
  }

  private void takeDefaults() {
    for (int i = 0; i < SIZE; i++) {
      Setting<?> setting = SettingsTable.ALL.get(i);
      origins[i] = Origin.DEFAULT;
      String text = setting.defaultText();
      if (text != null) {
        take(setting, text, Origin.DEFAULT, setting.key());
      }
    }
  }

  private @Nullable Path file(Map<String, String> environment, Map<String, String> flags) {
    takeText(SettingsTable.CONFIG, environment, flags);
    return (Path) values[SettingsTable.indexOf(SettingsTable.CONFIG)];
  }

  private void takeFile(Path file) {
    YamlFile.Content content = YamlFile.read(file);
    problems.addAll(content.problems());
    List<YamlFile.Entry> entries = content.entries();
    for (int i = 0; i < entries.size(); i++) {
      YamlFile.Entry entry = entries.get(i);
      String name = Printable.of(file.toString());
      String place = name + ":" + entry.line();
      if (entry.setting().type() instanceof EntryType<?> type && entry.text().isEmpty()) {
        takeItems(entry, type, name, new Origin(Origin.Source.FILE, place));
        continue;
      }
      take(
          entry.setting(),
          entry.text(),
          new Origin(Origin.Source.FILE, place),
          place + ": " + entry.setting().key());
    }
  }

  private void takeItems(YamlFile.Entry entry, EntryType<?> type, String file, Origin origin) {
    List<Object> value = new ArrayList<>();
    for (int i = 0; i < entry.items().size(); i++) {
      try {
        value.add(type.entry(entry.items().get(i)));
      } catch (BadEntryException e) {
        problems.add(file + ":" + e.line() + ": " + entry.setting().key() + ": " + e.getMessage());
      }
    }
    int index = SettingsTable.indexOf(entry.setting());
    values[index] = List.copyOf(value);
    origins[index] = origin;
  }

  private void takeText(
      Setting<?> setting, Map<String, String> environment, Map<String, String> flags) {
    if (!setting.type().hasText()) {
      return;
    }
    String flag = flags.get(setting.flag());
    if (flag != null) {
      take(setting, flag, new Origin(Origin.Source.FLAG, setting.flag()), setting.flag());
      return;
    }
    String variable = environment.get(setting.variable());
    if (variable != null && !variable.isEmpty()) {
      Origin origin = new Origin(Origin.Source.ENVIRONMENT, setting.variable());
      take(setting, variable, origin, setting.variable());
    }
  }

  private void take(Setting<?> setting, String text, Origin origin, String where) {
    int index = SettingsTable.indexOf(setting);
    try {
      values[index] = setting.type().parse(text);
      origins[index] = origin;
    } catch (BadValueException e) {
      String shown = setting.type().secret() ? "the value" : Printable.quoted(text);
      String problem = where + ": " + shown + " " + e.getMessage();
      // The place of the file is read first, to open it, and then once more with all others.
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }

  private void checkTogether() {
    takeSecret(SettingsTable.RPC_AUTH, SettingsTable.RPC_AUTH_FILE);
    takeSecret(SettingsTable.PEER_SECRET, SettingsTable.PEER_SECRET_FILE);
    takeSecret(SettingsTable.ETCD_PASSWORD, SettingsTable.ETCD_PASSWORD_FILE);
    if (problems.isEmpty()) {
      refuseOpenPeerPort();
      refuseAlone(SettingsTable.ETCD_USER, SettingsTable.ETCD_PASSWORD);
      refuseAlone(SettingsTable.ETCD_PASSWORD, SettingsTable.ETCD_USER);
      refuseAlone(SettingsTable.ETCD_CERT_FILE, SettingsTable.ETCD_KEY_FILE);
      refuseAlone(SettingsTable.ETCD_KEY_FILE, SettingsTable.ETCD_CERT_FILE);
      refuseLonger(SettingsTable.POLL_PROBE, SettingsTable.POLL_MEMBERS_MAX);
      refuseLonger(SettingsTable.GUARD_WINDOW, SettingsTable.GUARD_HOLD);
    }
  }

  private void refuseAlone(Setting<?> setting, Setting<?> other) {
    int place = SettingsTable.indexOf(setting);
    if (values[place] != null && values[SettingsTable.indexOf(other)] == null) {
      problems.add(
          origins[place] + ": " + setting.key() + " needs " + other.key() + " as well; give both");
    }
  }

  private void refuseLonger(Setting<Duration> first, Setting<Duration> second) {
    int place = SettingsTable.indexOf(first);
    if (values[place] instanceof Duration shorter
        && values[SettingsTable.indexOf(second)] instanceof Duration longer
        && shorter.compareTo(longer) > 0) {
      Origin origin = origins[place];
      if (origin.source() == Origin.Source.DEFAULT) {
        origin = origins[SettingsTable.indexOf(second)];
      }
      problems.add(
          origin
              + ": "
              + first.key()
              + " ("
              + first.type().format(shorter)
              + ") is longer than "
              + second.key()
              + " ("
              + second.type().format(longer)
              + "); shorten the one or lengthen the other");
    }
  }

  /** Puts the secret of a file in the place of the secret itself where the file wins. */
  private void takeSecret(Setting<Secret> secret, Setting<Path> secretFile) {
    int place = SettingsTable.indexOf(secret);
    int file = SettingsTable.indexOf(secretFile);
    if (values[file] instanceof Path path && secret.type() instanceof SecretType type) {
      Origin origin = origins[file];
      boolean both = values[place] != null;
      if (both && origins[place].source() == origin.source()) {
        problems.add(
            origin
                + ": "
                + secretFile.key()
                + ": "
                + secret.key()
                + " is given as well ("
                + origins[place]
                + "); keep one");
        return;
      }
      if (!both || origins[place].source().compareTo(origin.source()) < 0) {
        try {
          values[place] = SecretFile.read(path, type);
          origins[place] = origin;
        } catch (BadValueException e) {
          problems.add(origin + ": " + secretFile.key() + ": " + e.getMessage());
        }
      }
    }
    if (values[place] instanceof Secret value && value.reveal().isEmpty()) {
      values[place] = null;
    }
  }

  /** Whoever reaches the peer port can read the configuration where nothing keeps him out. */
  private void refuseOpenPeerPort() {
    int listen = SettingsTable.indexOf(SettingsTable.PEER_LISTEN);
    if (values[listen] != null
        && values[SettingsTable.indexOf(SettingsTable.PEER_SECRET)] == null) {
      problems.add(
          origins[listen]
              + ": peer.listen: without a secret everyone could read the configuration there; write"
              + " the same one on all nodes into a file and name it in peer.secret_file");
    }
  }
}
