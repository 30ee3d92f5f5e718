package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the reference of the templates are what is rendered, and what is said. */
class TemplatesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "templates.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```jinja\n(.*?)```\n\ngives\n\n```text\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern ERROR = Pattern.compile("\\| `(\\{.*?)` \\| `(line .*?)` \\|");

  @TempDir Path folder;

  private TemplateRenderer renderer(String template) throws IOException {
    return new TemplateRenderer(Files.writeString(folder.resolve("x.peb"), template));
  }

  @Test
  void showsWhatIsRendered() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
    int examples = 0;
    while (example.find()) {
      assertThat(Snapshots.text(renderer(example.group(1)), Snapshots.fleet()))
          .isEqualTo(example.group(2));
      examples++;
    }
    assertThat(examples).isEqualTo(3);
  }

  @Test
  void showsWhatIsSaid() throws IOException {
    Matcher error = ERROR.matcher(Files.readString(PAGE));
    int errors = 0;
    while (error.find()) {
      TemplateRenderer renderer = renderer(error.group(1));
      assertThatThrownBy(() -> Snapshots.text(renderer, Snapshots.fleet()))
          .hasMessageEndingWith(": " + error.group(2).replace("FOLDER", folder.toString()));
      errors++;
    }
    assertThat(errors).isEqualTo(4);
  }

  @Test
  void namesEveryFunctionAndFilter() throws IOException {
    String page = Files.readString(PAGE);
    for (String function : Language.functionNames()) {
      assertThat(page).contains("`" + function + "(");
    }
    for (String filter : Language.filterNames()) {
      assertThat(page).containsPattern("`" + filter + "[`(]");
    }
  }
}
