package io.github.serfhandler.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The pages, one after the other, are what is held, and none is longer than a reply may be. */
class HeldJsonPropertyTest {
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void pagesTellAllThatIsHeld(@ForAll("held") SortedMap<String, Held> held) {
    TreeMap<String, Held> told = new TreeMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      SortedMap<String, Held> rest = after.isEmpty() ? held : held.tailMap(after + '\0');
      byte[] bytes = new Reply(HeldJson.firstPage(rest), Reply.NO_BYTES).bytes();
      HeldPage page = HeldJson.parse(Reply.parse(bytes).head(), after);
      told.putAll(page.keys());
      more = page.more();
      after = told.isEmpty() ? after : told.lastKey();
    }
    assertThat(told).isEqualTo(held);
  }

  @Provide
  Arbitrary<SortedMap<String, Held>> held() {
    Arbitrary<String> keys =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .withCharRange('0', '9')
            .withChars('-', '_')
            .ofMinLength(1)
            .ofMaxLength(63)
            .filter(key -> Character.isLetterOrDigit(key.charAt(0)));
    Arbitrary<Long> versions = Arbitraries.longs().between(0, ConfigUpdate.MAX_VERSION);
    Arbitrary<String> signatures = Arbitraries.of("", "s".repeat(88), "~".repeat(1024));
    Arbitrary<Long> sizes = Arbitraries.longs().between(0, Long.MAX_VALUE);
    Arbitrary<Held> held =
        Combinators.combine(versions, signatures, sizes)
            .as((version, signature, size) -> one(version, signature, size));
    return Arbitraries.maps(keys, held)
        .ofMaxSize(400)
        .map((Map<String, Held> map) -> new TreeMap<>(map));
  }

  private static Held one(long version, String signature, long size) {
    Revision revision =
        size == 0 ? Revision.ofDeletion(version) : new Revision(version, false, "f".repeat(64));
    return new Held(
        revision, signature.isEmpty() ? Optional.empty() : Optional.of(signature), size);
  }
}
