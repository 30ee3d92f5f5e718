package io.github.serfhandler.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void alignsColumnsAndEndsNoLineWithBlanks() {
    Table table = new Table("NAME", "PORT", "STATUS");
    table.row("test1", "80", "alive");
    table.row("größer", "", "failed");
    assertThat(printed(table))
        .isEqualTo(
            """
            NAME     PORT   STATUS
            test1    80     alive
            größer   -      failed
            """);
  }

  @Test
  void printsTheHeadsOfAnEmptyTable() {
    assertThat(printed(new Table("NAME", "ADDR"))).isEqualTo("NAME   ADDR\n");
  }

  @Test
  void makesHostileCellsSafe() {
    Table table = new Table("NAME");
    table.row("a\nb\u001b[0m");
    assertThat(printed(table)).isEqualTo("NAME\na\\nb\\u001b[0m\n");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> new Table("NAME").row("a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String printed(Table table) {
    Output output = new Output(bytes);
    table.print(output);
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
