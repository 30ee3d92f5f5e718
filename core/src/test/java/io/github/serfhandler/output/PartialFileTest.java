package io.github.serfhandler.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which only a part is ours, or that are only a part themselves. */
class PartialFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("a.cfg");
  }

  @Test
  void checksWithinAFrame() throws IOException {
    Path up = folder.resolve("up.conf");
    FileSpec spec =
        Shows.file(up)
            .check(Shows.program("nginx", "-t", "-c", "{}"))
            .checkFrame(part -> "include " + part + ";")
            .build();
    Rig rig = new Rig(folder, spec);
    rig.offer("0");
    assertThat(rig.ran())
        .hasSize(1)
        .first()
        .asString()
        .matches("check include " + folder + "/\\.serf-handler-new-[0-9a-f]+\\.conf;");
    assertThat(up).hasContent("0");
    assertThat(folder.resolve(".serf-handler")).isEmptyDirectory();
  }

  @Test
  void losesNoEditOfTheRestOfAFileWithABlock() throws IOException {
    Files.writeString(path, "theirs");
    FileSpec spec =
        Shows.file(path).block().check(Shows.program("judge", "{}")).waits(Wait.NONE).build();
    Rig rig = new Rig(folder, Rig::appended, spec);
    int[] edits = {0};
    rig.outcome =
        what -> {
          if (edits[0]++ < 2) {
            try {
              Files.writeString(path, "theirs, edited " + edits[0]);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
          return Rig.exited(0);
        };
    rig.offer("ours");
    assertThat(path).hasContent("theirs, edited 2|ours");
    rig.outcome =
        what -> {
          try {
            Files.writeString(path, "restless " + edits[0]++);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return Rig.exited(0);
        };
    rig.offer("more");
    assertThat(rig.group.status().files().get(0).reason())
        .endsWith("somebody else changes it all the time; let one program alone write it");
  }

  @Test
  void leavesAFileAloneThatIsTooLongForABlock() throws IOException {
    Files.write(path, new byte[FileBytes.LONGEST_WITH_BLOCK + 1]);
    Rig rig = new Rig(folder, Rig::appended, Shows.file(path).block().waits(Wait.DEFAULT).build());
    rig.offer("ours");
    assertThat(rig.group.status().files().get(0).state()).isEqualTo(FileStatus.State.FAILED);
    assertThat(path).hasSize(FileBytes.LONGEST_WITH_BLOCK + 1);
  }
}
