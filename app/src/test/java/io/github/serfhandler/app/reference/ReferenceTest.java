package io.github.serfhandler.app.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.app.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the committed reference pages to the tables that they are generated from. */
class ReferenceTest {
  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final String COMMAND =
      "mvn -q -pl app -am test -Dtest=ReferenceTest,HelpTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dregenerate";

  private static final Map<String, Supplier<String>> PAGES =
      Map.of(
          "settings.md", SettingsPage::text,
          "settings.schema.json", SettingsSchema::text,
          "commands.md", CommandsPage::text);

  @ParameterizedTest
  @ValueSource(strings = {"settings.md", "settings.schema.json", "commands.md"})
  void isCurrent(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String expected = PAGES.getOrDefault(name, () -> "").get();
    if (System.getProperty("regenerate") != null) {
      Files.writeString(file, expected);
    }
    assertThat(file).as("Regenerate it: %s", COMMAND).exists();
    assertThat(Files.readString(file))
        .as("%s is not what the tables say. Regenerate it: %s", name, COMMAND)
        .isEqualTo(expected);
  }

  @Test
  void showsAFileThatCanBeRead(@TempDir Path directory) throws IOException {
    String page = SettingsPage.text();
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    Path file = directory.resolve("conf.yml");
    Files.writeString(file, page.substring(begin, page.indexOf("```", begin)));
    // The key on the command line is the stronger one, so that the file of the key is not read.
    Settings settings =
        SettingsLoader.load(Map.of(), Map.of("--config", file.toString(), "--rpc-auth", ""));
    assertThat(settings.text(SettingsTable.GUARD_HOLD)).isEqualTo("30m");
  }

  @Test
  void describesEverySettingInTheSchema() {
    // JSON is YAML, so that the parser of the settings reads the schema.
    Object schema = new Load(LoadSettings.builder().build()).loadFromString(SettingsSchema.text());
    for (Setting<?> setting : SettingsTable.ALL) {
      if (setting.inFile()) {
        assertThat(at(schema, "properties", setting.key(), "description")).isNotNull();
        int dot = setting.key().indexOf('.');
        if (dot > 0) {
          String group = setting.key().substring(0, dot);
          String name = setting.key().substring(dot + 1);
          assertThat(at(schema, "properties", group, "properties", name, "description"))
              .isNotNull();
        }
      }
    }
  }

  private static @Nullable Object at(Object node, String... path) {
    @Nullable Object current = node;
    for (String name : path) {
      current = current instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return current;
  }
}
