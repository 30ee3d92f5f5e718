package io.github.serfhandler.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final PrintedLines printed = new PrintedLines(lines::add);
  private final PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void tellsEachLineWhenItEnds() {
    stream.print("on");
    assertThat(lines).isEmpty();
    stream.print("e\ntwo\r\n\nné");
    assertThat(lines).containsExactly("one", "two", "");
    printed.close();
    assertThat(lines).endsWith("né");
  }

  @Test
  void tellsHowMuchItLeftOut() {
    stream.print("x\n".repeat(1_000_000));
    printed.close();
    assertThat(lines).hasSize(PrintedLines.LIMIT / 2 + 1);
    assertThat(lines).endsWith("... and 1934464 more bytes, which are left out");
  }

  @Test
  void cutsALineWithoutEnd() {
    stream.print("x".repeat(1_000_000));
    printed.close();
    assertThat(lines).hasSize(17).allMatch(line -> line.length() <= 4096);
  }

  @Test
  void tellsNothingWhereNothingWasPrinted() {
    printed.close();
    stream.print("too late\n");
    assertThat(lines).isEmpty();
  }
}
