package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.PublicKey;
import io.github.serfhandler.config.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedTypeTest {
  private static final PublicKey OPS = SigningKey.generate("ops").publicKey();
  private static final PublicKey CI = SigningKey.generate("ci").publicKey();

  @TempDir Path folder;

  @Test
  void takesWhatKeygenPrints() throws Exception {
    TrustedType type = new TrustedType();
    String text = OPS.text() + "\n" + CI.text();
    assertThat(type.parse(text)).containsExactly(OPS, CI);
    assertThat(type.format(type.parse(text))).isEqualTo(text);
    assertThat(type.parse("")).isEmpty();
  }

  @Test
  void takesAListInTheFile() throws IOException {
    Path file = folder.resolve("conf.yml");
    Files.writeString(
        file, "config:\n  trusted:\n    - " + OPS.text() + "\n    - '" + CI.text() + "'\n");
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--config", file.toString()));
    assertThat(settings.trusted()).isEqualTo(List.of(OPS, CI));
  }

  @Test
  void tellsTheLineOfAnEntryThatIsNoKey() throws IOException {
    Path file = folder.resolve("conf.yml");
    Files.writeString(file, "config:\n  trusted:\n    - ops:abc\n    - ci: abc\n");
    assertThatThrownBy(() -> SettingsLoader.load(Map.of(), Map.of("--config", file.toString())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file + ":3: config.trusted: \"ops:abc\" can not be used")
        .hasMessageContaining("as `config keygen` prints it")
        .hasMessageContaining(
            file + ":4: config.trusted: an entry is one text; write NAME:KEY without a blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "ops:", ":", "a b:c", "ops:ä"})
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> new TrustedType().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("NAME:KEY as `config keygen` prints it");
  }
}
