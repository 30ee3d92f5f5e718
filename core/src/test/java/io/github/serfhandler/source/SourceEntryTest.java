package io.github.serfhandler.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceEntryTest {
  private static final byte[] VALUE = "{\"password\":\"hunter2\"}".getBytes(UTF_8);

  @Test
  void tellsNothingOfItsValue() {
    SourceEntry entry = SourceEntry.of("shop", "db", 7, ValueFormat.JSON, VALUE);
    assertThat(entry).hasToString("shop/db revision 7");
    assertThat(entry.name()).isEqualTo("shop/db");
    assertThat(entry.isDeletion()).isFalse();
  }

  @Test
  void keepsAValueThatItsMakerChangesLater() {
    byte[] bytes = VALUE.clone();
    SourceEntry entry = SourceEntry.of("shop", "db", 0, ValueFormat.TEXT, bytes);
    bytes[0] = 'x';
    assertThat(entry.value().orElseThrow().bytes()).isEqualTo(VALUE);
    assertThat(entry).isEqualTo(SourceEntry.of("shop", "db", 0, ValueFormat.TEXT, VALUE));
  }

  @Test
  void saysThatItIsADeletion() {
    SourceEntry entry = SourceEntry.deleted("shop", "db", 8);
    assertThat(entry.isDeletion()).isTrue();
    assertThat(entry).hasToString("shop/db revision 8 (deleted)");
  }

  @Test
  void refusesIllegalNamesAndRevisions() {
    for (String name : new String[] {"", "..", "../a", "a/b", ".a", "a b", "a".repeat(64)}) {
      assertThatThrownBy(() -> SourceEntry.deleted(name, "db", 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SourceEntry.deleted("shop", name, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SourceEntry.deleted("shop", "db", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
