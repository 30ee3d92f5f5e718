package io.github.serfhandler.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the reference of the files are what the renderers write. */
class FilesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "files.md");

  private static final View VIEW =
      Catalog.of(
              List.of(
                  Fixtures.member(
                      "test3", "127.0.0.36", MemberStatus.ALIVE, "svc=product1/web:8080")))
          .view(Subscription.of(List.of("product1"), List.of()));

  static List<Renderer> renderers() {
    return RendererTest.renderers();
  }

  @ParameterizedTest
  @MethodSource("renderers")
  void showsWhatIsWritten(Renderer renderer) throws IOException {
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(Snapshot.of(VIEW), out);
    String written = StandardCharsets.UTF_8.decode(out.bytes()).toString();
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("\n## " + renderer.fileName() + "\n"));
    int begin = section.indexOf('\n', section.indexOf("\n```") + 1) + 1;
    String example = section.substring(begin, section.indexOf("```\n", begin));
    assertThat(example).isEqualTo(written);
  }
}
