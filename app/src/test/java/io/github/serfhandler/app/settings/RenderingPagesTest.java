package io.github.serfhandler.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.UserJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that the pages about files show can be used as they are. */
class RenderingPagesTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  @TempDir Path temp;

  private static List<String> blocks(Pattern pattern, String page) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(DOCS.resolve(page)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  @ParameterizedTest
  @CsvSource({
    "reference/rendering.md, 1",
    "how-to/put-a-load-balancer-in-front.md, 2",
    "how-to/write-other-files.md, 4"
  })
  void showSettingsThatCanBeRead(String page, int count) throws IOException {
    List<String> blocks = blocks(YAML, page);
    assertThat(blocks).hasSize(count);
    for (String block : blocks) {
      Path file = Files.writeString(temp.resolve("conf.yml"), block);
      Settings settings =
          SettingsLoader.load(Map.of("SERF_HANDLER_CONFIG", file.toString()), Map.of());
      assertThat(settings.files()).as(block).isNotEmpty();
    }
  }

  @Test
  void nameEachPartOfAnEntry() throws IOException {
    String page = Files.readString(DOCS.resolve("reference/rendering.md"));
    for (String part : new FilesType().parts()) {
      assertThat(page).contains("`" + part + "`");
    }
    for (FileFormat format : FileFormat.values()) {
      assertThat(page).contains("`" + format.word() + "`");
    }
  }

  @Test
  void showCodeThatCompiles() throws IOException {
    List<String> blocks = blocks(JAVA, "how-to/put-a-load-balancer-in-front.md");
    assertThat(blocks).hasSize(1);
    String source =
        """
        import io.github.serfhandler.handler.*;
        import io.github.serfhandler.haproxy.*;
        import io.github.serfhandler.output.*;
        import io.github.serfhandler.process.*;
        import java.nio.file.Path;
        import java.time.Duration;
        import java.util.List;

        public class Page implements HandlerProvider {
          @Override
          public void register(SerfHandlerProxy proxy) {
        """
            + blocks.get(0)
            + "}\n}\n";
    UserJar compiled = new UserJar(temp).with("Page", source);
    assertThat(compiled).isNotNull();
  }
}
