package io.github.serfhandler.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Snapshot;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedBlockTest {
  private static final String NOTE =
      "# written by serf-handler; changes between these two lines are lost\n";
  private static final String BEGIN = "# BEGIN serf-handler\n";
  private static final String END = "# END serf-handler\n";

  /** Each char is one byte, so that any bytes can be told. */
  private static String merge(String existing, String block) {
    byte[] merged =
        ManagedBlock.merge(
            existing.getBytes(ISO_8859_1), ByteBuffer.wrap(block.getBytes(ISO_8859_1)));
    return new String(merged, ISO_8859_1);
  }

  private static String remove(String existing) {
    return new String(ManagedBlock.remove(existing.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  @Test
  void appendsTheBlockAndANewlineOnlyWhereOneIsMissing() {
    assertThat(merge("", "a\n")).isEqualTo(BEGIN + NOTE + "a\n" + END);
    assertThat(merge("x\n", "a\n")).isEqualTo("x\n" + BEGIN + NOTE + "a\n" + END);
    assertThat(merge("x", "a")).isEqualTo("x\n" + BEGIN + NOTE + "a\n" + END);
    assertThat(merge("x\n\n", "")).isEqualTo("x\n\n" + BEGIN + NOTE + END);
  }

  @Test
  void replacesTheBlockWhereItStands() {
    assertThat(merge("x\n" + BEGIN + "old\nolder\n" + END + "y", "new\n"))
        .isEqualTo("x\n" + BEGIN + NOTE + "new\n" + END + "y");
    assertThat(merge(BEGIN + "# END serf-handler", "new\n"))
        .isEqualTo(BEGIN + NOTE + "new\n" + "# END serf-handler");
  }

  @Test
  void keepsTheMarkersOfAFileWithOtherLineEnds() {
    assertThat(merge("x\r\n# BEGIN serf-handler\r\nold\r\n# END serf-handler\r\ny\r\n", "new\n"))
        .isEqualTo("x\r\n# BEGIN serf-handler\r\n" + NOTE + "new\n# END serf-handler\r\ny\r\n");
  }

  @Test
  void takesOnlyWholeLinesForMarkers() {
    String text = " " + BEGIN + "x # END serf-handler\n# BEGIN serf-handlers\n#END serf-handler\n";
    assertThat(merge(text, "a\n")).isEqualTo(text + BEGIN + NOTE + "a\n" + END);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xB | line 2 | no line",
        "xxE | no line | line 3",
        "BExB | lines 1, 4 | line 2",
        "BEE | line 1 | lines 2, 3",
        "xEB | line 3 | line 2",
        "BEBE | lines 1, 3 | lines 2, 4",
        "BBBBBBBE | lines 1, 2, 3, 4, 5 and more | line 8",
      })
  void refusesBrokenMarkers(String lines, String begins, String ends) {
    String text = lines.replace("x", "x\n").replace("B", "b").replace("E", END).replace("b", BEGIN);
    String message =
        "the block's markers are broken: \"# BEGIN serf-handler\" stands in "
            + begins
            + ", \"# END serf-handler\" in "
            + ends
            + "; leave one of each, in this order, or delete all of them";
    assertThatThrownBy(() -> merge(text, "a\n"))
        .isInstanceOf(RenderException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> remove(text)).isInstanceOf(RenderException.class).hasMessage(message);
  }

  @Test
  void refusesABlockThatHoldsAMarker() {
    assertThatThrownBy(() -> merge("", "a\n" + END + "b\n"))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("take it out");
    assertThatThrownBy(() -> merge("", "# BEGIN serf-handler\r"))
        .isInstanceOf(RenderException.class);
  }

  @Test
  void removesTheBlock() {
    assertThat(remove("x\n" + BEGIN + "old\n" + END + "y")).isEqualTo("x\ny");
    assertThat(remove("x")).isEqualTo("x");
  }

  @Test
  void leavesTheBufferOfTheBlockAsItIs() {
    ByteBuffer block = ByteBuffer.wrap("a\n".getBytes(UTF_8));
    byte[] once = ManagedBlock.merge(new byte[0], block);
    assertThat(ManagedBlock.merge(new byte[0], block)).isEqualTo(once);
  }

  @Property
  void isTheSameASecondTime(@ForAll("bytes") String existing, @ForAll("bytes") String block) {
    String once = merge(existing, block);
    assertThat(merge(once, block)).isEqualTo(once);
  }

  @Property
  void keepsEverythingOutside(
      @ForAll("bytes") String before,
      @ForAll("bytes") String after,
      @ForAll("bytes") String old,
      @ForAll("bytes") String block) {
    String head = before.isEmpty() || before.endsWith("\n") ? before : before + "\n";
    String inside = old.isEmpty() || old.endsWith("\n") ? old : old + "\n";
    String lines = block.isEmpty() || block.endsWith("\n") ? block : block + "\n";
    String merged = merge(head + BEGIN + inside + END + after, block);
    assertThat(merged).isEqualTo(head + BEGIN + NOTE + lines + END + after);
    assertThat(remove(merged)).isEqualTo(head + after);
    assertThat(merge(before, block)).isEqualTo(head + BEGIN + NOTE + lines + END);
    assertThat(remove(merge(before, block))).isEqualTo(head);
  }

  @Property(tries = 300)
  void putsTheHostsOfAnyClusterIntoItsBlock(
      @ForAll(supplier = HostileSnapshots.class) Snapshot snapshot) {
    String hosts = "127.0.0.1\tlocalhost\r\n\0\u00ff # é";
    HostsRenderer renderer = HostsRenderer.block(2);
    assertThat(renderer.fileName()).isEqualTo("hosts");
    String merged = merge(hosts, HostileSnapshots.text(renderer, snapshot));
    assertThat(merged).startsWith(hosts + "\n" + BEGIN + NOTE).endsWith(END);
    int services = snapshot.view().products().values().stream().mapToInt(s -> s.size()).sum();
    List<String> lines =
        merged
            .substring(hosts.length() + 1 + BEGIN.length() + NOTE.length())
            .lines()
            .limit(2L * services)
            .toList();
    assertThat(lines)
        .hasSize(2 * services)
        .allMatch(line -> line.matches("[0-9a-f.:]+\tsvc-[A-Za-z0-9._-]+-[A-Za-z0-9._-]+-[01]"));
    assertThat(merged)
        .endsWith((lines.isEmpty() ? NOTE : lines.get(lines.size() - 1) + "\n") + END);
  }

  @Provide
  Arbitrary<String> bytes() {
    Arbitrary<String> lines =
        Arbitraries.oneOf(
            Arbitraries.of(
                "", "#", "# BEGIN", " # BEGIN serf-handler", "# END serf-handler ", "x\r", "\r"),
            Arbitraries.strings().withCharRange('\0', '\u00ff').excludeChars('\n').ofMaxLength(9));
    return Combinators.combine(lines.list().ofMaxSize(6), Arbitraries.of("", "\n"))
        .as((all, end) -> String.join("\n", all) + end);
  }
}
