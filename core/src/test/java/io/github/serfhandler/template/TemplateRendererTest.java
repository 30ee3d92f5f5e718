package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What templates are given, and what is made of them. */
class TemplateRendererTest {
  @TempDir Path folder;

  private static String resource(String name) throws IOException {
    try (InputStream in = TemplateRendererTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void writesTheGoldenFile() throws IOException {
    for (String name : new String[] {"all.peb", "macros.peb", "part.peb"}) {
      Files.writeString(folder.resolve(name), resource(name));
    }
    TemplateRenderer renderer = new TemplateRenderer(folder.resolve("all.peb"));
    String rendered = Snapshots.text(renderer, Snapshots.fleet());
    assertThat(rendered).isEqualTo(resource("all.golden"));
    assertThat(Snapshots.text(renderer, Snapshots.fleet())).isEqualTo(rendered);
  }
}
