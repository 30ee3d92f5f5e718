package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page about etcd shows the files of {@code examples/etcd} as they are. */
class EtcdDocsTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void showsTheFilesThatKeepItAlive() throws IOException {
    List<String> files = new ArrayList<>();
    for (String name :
        List.of(
            "serf-handler-pipe.service",
            "serf-handler-watch.service",
            "serf-handler-pipe.conf",
            "serf-handler-watch.conf")) {
      files.add(Files.readString(ROOT.resolve("examples/etcd").resolve(name)));
    }
    String page = Files.readString(ROOT.resolve("docs/how-to/publish-from-etcd.md"));
    assertThat(MarkdownBlocks.of(page, "ini")).isEqualTo(files);
  }
}
