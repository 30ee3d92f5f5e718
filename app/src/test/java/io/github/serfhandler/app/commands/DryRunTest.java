package io.github.serfhandler.app.commands;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.output.FilePreview;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunTest {
  private static List<String> diff(boolean exists, String before, String after) {
    return DryRun.diff(
        new FilePreview(
            Path.of("f"), exists, before.getBytes(ISO_8859_1), after.getBytes(ISO_8859_1), false));
  }

  @Test
  void showsNothingWhereTheBytesAreTheSame() {
    assertThat(diff(true, "a\nb", "a\nb")).isEmpty();
  }

  @Test
  void namesAFileOfWhichTheModeOrOwnerAloneChanges() {
    byte[] same = {'a', '\n'};
    assertThat(DryRun.diff(new FilePreview(Path.of("f"), true, same, same, true)))
        .containsExactly("f would get another mode or owner");
  }

  @Test
  void showsALineThatHasNoEnd() {
    assertThat(diff(true, "a\n", "a"))
        .containsExactly(
            "--- f", "+++ f", "@@ -1,1 +1,2 @@", " a", "+\\ No newline at end of file");
  }

  @Test
  void showsTheEndsOfLines() {
    assertThat(diff(true, "a\r\n", "a\n")).contains("-a\\r", "+a");
  }

  @Test
  void saysSoWhereNoTextDiffers() {
    assertThat(diff(false, "", "")).containsExactly("f differs, but in no text that can be shown");
    assertThat(diff(true, "\u00ff\n", "\u00fe\n"))
        .containsExactly("f differs, but in no text that can be shown");
  }
}
