package io.github.serfhandler.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.MemberStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the reference of the files are what the renderers write. */
class FilesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "files.md");

  private static final Snapshot SNAPSHOT =
      HostileSnapshots.snapshot(
          List.of(
              Fixtures.member(
                  "test3", "127.0.0.36", MemberStatus.ALIVE, "role=web", "svc=product1/web:8080")));

  static List<Renderer> renderers() {
    return RendererTest.renderers();
  }

  @ParameterizedTest
  @MethodSource("renderers")
  void showsWhatIsWritten(Renderer renderer) throws IOException {
    assertThat(example(renderer.fileName())).isEqualTo(HostileSnapshots.text(renderer, SNAPSHOT));
  }

  @Test
  void showsTheBlockInAFileOfHosts() throws IOException {
    HostsRenderer renderer = HostsRenderer.block(HostsRenderer.DEFAULT_SLOTS);
    Utf8Buffer out = new Utf8Buffer();
    renderer.render(SNAPSHOT, out);
    byte[] merged = ManagedBlock.merge("127.0.0.1\tlocalhost\n".getBytes(UTF_8), out.bytes());
    assertThat(example(renderer.fileName())).isEqualTo(new String(merged, UTF_8));
  }

  private static String example(String fileName) throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("\n## " + fileName + "\n"));
    int begin = section.indexOf('\n', section.indexOf("\n```") + 1) + 1;
    return section.substring(begin, section.indexOf("```\n", begin));
  }
}
