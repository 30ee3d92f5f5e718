package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that the pages about scripts show can be read. */
class ScriptsDocsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"reference/scripts.md,3", "how-to/move-a-script-from-serf.md,2"})
  void showsSettingsThatCanBeRead(String page, int scripts) throws IOException {
    String text = Files.readString(Path.of("..", "docs").resolve(page));
    // A block within a numbered list is indented.
    String plain = text.contains("\n   ```yaml") ? text.replaceAll("(?m)^   ", "") : text;
    List<String> blocks = MarkdownBlocks.of(plain, "yaml");
    assertThat(blocks).hasSize(1);
    Path file = Files.writeString(folder.resolve("conf.yml"), blocks.get(0));
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--config", file.toString()));
    assertThat(settings.scripts()).hasSize(scripts);
  }
}
