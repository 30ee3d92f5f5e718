package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages about stores show the files of {@code examples} as they are. */
class KeptAliveDocsTest {
  private static final Path ROOT = Path.of("..");

  private static List<String> examples(String folder, String... names) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      files.add(Files.readString(ROOT.resolve("examples").resolve(folder).resolve(name)));
    }
    return files;
  }

  private static List<String> shown(String page) throws IOException {
    return MarkdownBlocks.of(Files.readString(ROOT.resolve("docs/how-to").resolve(page)), "ini");
  }

  @Test
  void showsTheFilesThatKeepItAlive() throws IOException {
    assertThat(shown("publish-from-etcd.md"))
        .isEqualTo(
            examples(
                "etcd",
                "serf-handler-pipe.service",
                "serf-handler-watch.service",
                "serf-handler-pipe.conf",
                "serf-handler-watch.conf"));
  }

  @Test
  void showsTheFilesThatFollowGit() throws IOException {
    assertThat(shown("follow-a-directory.md"))
        .isEqualTo(
            examples(
                "directory",
                "config-pull.service",
                "config-pull.timer",
                "serf-handler-directory.service"));
  }
}
