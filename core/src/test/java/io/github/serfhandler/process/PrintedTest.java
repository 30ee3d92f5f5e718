package io.github.serfhandler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PrintedTest {
  @Test
  void givesTheLastLinesThatSayAnything() {
    assertThat(lines("a\n\nb\r\n  \nc\n", 2)).containsExactly("b", "c");
    assertThat(lines("a", 5)).containsExactly("a");
    assertThat(lines("\n\n", 5)).isEmpty();
    assertThat(lines("", 5)).isEmpty();
  }

  @Test
  void takesTheTeethOutOfWhatCouldDriveATerminal() {
    assertThat(lines("\u001b[31mred\tb\u202ec", 5)).containsExactly("?[31mred b?c");
    assertThat(lines("x".repeat(600), 5)).containsExactly("x".repeat(500) + "...");
  }

  @Property
  void isBoundedAndPlainWhateverCame(@ForAll @Size(max = 300) byte[] output) {
    List<String> lines = Printed.lines(output, 3);
    assertThat(lines).hasSizeLessThanOrEqualTo(3);
    for (String line : lines) {
      assertThat(line).isNotBlank();
      assertThat(line.chars()).allMatch(c -> Printed.isPlain((char) c.intValue()));
    }
  }

  private static List<String> lines(String output, int most) {
    return Printed.lines(output.getBytes(StandardCharsets.UTF_8), most);
  }
}
