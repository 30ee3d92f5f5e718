package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every line of the table. */
class SettingsTableTest {
  static List<Setting<?>> all() {
    return SettingsTable.ALL;
  }

  @Test
  void givesEachSettingNamesOfItsOwn() {
    assertThat(SettingsTable.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(SettingsTable.ALL).extracting(Setting::flag).doesNotHaveDuplicates();
    assertThat(SettingsTable.ALL).extracting(Setting::variable).doesNotHaveDuplicates();
  }

  @Test
  void usesNoKeyBothAsAValueAndAsAGroup() {
    for (Setting<?> setting : SettingsTable.ALL) {
      // The setting that names the file has no key in it: config is a group there.
      assertThat(SettingsTable.ALL)
          .noneMatch(other -> setting.inFile() && other.key().startsWith(setting.key() + "."));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasADefaultAndAnExampleThatCanBeReadAndWrittenBack(Setting<?> setting) throws Exception {
    assertThat(setting.flag()).matches("--[a-z]+(-[a-z]+)*");
    assertThat(setting.variable()).matches("SERF_[A-Z]+(_[A-Z]+)*");
    assertThat(setting.summary()).doesNotEndWith(".").hasSizeLessThan(75);
    assertThat(setting.details()).endsWith(".");
    // Rules have no text; their example is one for the file.
    if (!setting.equals(SettingsTable.CONFIG_RULES)) {
      roundTrip(setting, setting.example());
    }
    String text = setting.defaultText();
    if (text != null) {
      roundTrip(setting, text);
    }
  }

  private static <T> void roundTrip(Setting<T> setting, String text) throws Exception {
    T value = setting.type().parse(text);
    String written = setting.type().secret() ? text : setting.type().format(value);
    assertThat(written).isEqualTo(text);
  }

  /** Every set of places that give a value: the strongest one wins, whichever setting it is. */
  @Property
  void takesTheStrongestPlaceForEverySetting(
      @ForAll("settings") Setting<?> setting,
      @ForAll boolean inFile,
      @ForAll boolean inEnvironment,
      @ForAll boolean asFlag)
      throws IOException {
    Map<Origin.Source, String> texts = texts(setting);
    Map<String, String> environment = new HashMap<>();
    Map<String, String> flags = new HashMap<>();
    Origin.Source expected = Origin.Source.DEFAULT;
    Path file = Files.createTempFile("conf", ".yml");
    try {
      if (inFile) {
        String yaml = setting.key() + ": '" + texts.get(Origin.Source.FILE) + "'\n";
        Files.writeString(file, yaml);
        expected = Origin.Source.FILE;
      }
      environment.put("SERF_HANDLER_CONFIG", file.toString());
      if (setting.equals(SettingsTable.PEER_LISTEN)) {
        environment.put("SERF_HANDLER_PEER_SECRET", "1".repeat(16));
      }
      if (inEnvironment) {
        environment.put(setting.variable(), texts.get(Origin.Source.ENVIRONMENT));
        expected = Origin.Source.ENVIRONMENT;
      }
      if (asFlag) {
        flags.put(setting.flag(), texts.get(Origin.Source.FLAG));
        expected = Origin.Source.FLAG;
      }
      Settings settings = SettingsLoader.load(environment, flags);
      assertThat(settings.origin(setting).source()).isEqualTo(expected);
      if (expected != Origin.Source.DEFAULT && !setting.type().secret()) {
        assertThat(settings.text(setting)).isEqualTo(texts.get(expected));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<Setting<?>> settings() {
    // The file's own place is not in the file, rules are nowhere else, and files with secrets
    // would have to exist.
    return Arbitraries.of(
        SettingsTable.ALL.stream()
            .filter(
                s ->
                    s.inFile()
                        && !s.equals(SettingsTable.CONFIG_RULES)
                        && !s.equals(SettingsTable.RPC_AUTH_FILE)
                        && !s.equals(SettingsTable.PEER_SECRET_FILE)
                        && !s.equals(SettingsTable.ETCD_PASSWORD_FILE)
                        // Each of these needs another one.
                        && !s.equals(SettingsTable.ETCD_USER)
                        && !s.equals(SettingsTable.ETCD_PASSWORD)
                        && !s.equals(SettingsTable.ETCD_CERT_FILE)
                        && !s.equals(SettingsTable.ETCD_KEY_FILE))
            .toList());
  }

  private static Map<Origin.Source, String> texts(Setting<?> setting) {
    List<String> texts = threeTexts(setting);
    Map<Origin.Source, String> bySource = new EnumMap<>(Origin.Source.class);
    bySource.put(Origin.Source.FILE, texts.get(0));
    bySource.put(Origin.Source.ENVIRONMENT, texts.get(1));
    bySource.put(Origin.Source.FLAG, texts.get(2));
    return bySource;
  }

  /** Such that each goes with the others' defaults. */
  private static List<String> threeTexts(Setting<?> setting) {
    ValueType<?> type = setting.type();
    if (type instanceof SwitchType) {
      return List.of("on", "off", "on");
    }
    if (type instanceof WordType) {
      return switch (setting.key()) {
        case "watch.values" -> List.of("json", "yaml", "text");
        case "watch.deletes" -> List.of("on", "off", "all");
        default -> List.of("error", "warn", "debug");
      };
    }
    if (type instanceof LayoutType) {
      return List.of("a/PRODUCT/KEY", "b/PRODUCT/KEY", "c/KEY/PRODUCT");
    }
    if (setting.equals(SettingsTable.ETCD_ENDPOINTS)) {
      return List.of("http://a:1", "https://b:2,http://c:3", "http://[::1]:4");
    }
    if (type instanceof FilesType) {
      return List.of("haproxy", "env=/x.env", "template=a.peb:/b");
    }
    if (setting.equals(SettingsTable.WATCH_OPTIONS)) {
      return List.of("a=1", "b=2", "c=3,4");
    }
    if (type instanceof AddressType) {
      return List.of("a:1", "b:2", "c:3");
    }
    if (type instanceof DurationType) {
      boolean longOnes = setting.key().startsWith("guard.") || setting.key().startsWith("config.");
      return longOnes ? List.of("40s", "50s", "55s") : List.of("1s", "2s", "3s");
    }
    if (type instanceof FractionType) {
      return List.of("0.1", "0.2", "0.3");
    }
    if (type instanceof TrustedType) {
      String key = setting.example().substring("ops".length());
      return List.of("a" + key, "b" + key, "c" + key);
    }
    if (setting.equals(SettingsTable.PEER_SECRET)) {
      return List.of("1".repeat(16), "2".repeat(16), "3".repeat(16));
    }
    boolean limit = setting.key().endsWith("_limit");
    return limit ? List.of("300", "400", "500") : List.of("11", "22", "33");
  }
}
