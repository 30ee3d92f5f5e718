package io.github.serfhandler.converge;

import static io.github.serfhandler.converge.Revisions.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final Line LINE = Line.of(Line.keyHash("security"), revision(12, "a"));
  private static final Line DELETED =
      Line.of(Line.keyHash("smtp"), Revision.ofDeletion((1L << 53) - 1));

  @Property(tries = 300)
  void readsBackAsItIsWritten(@ForAll long seed) {
    Digest digest = HostileDigestTest.lie(new SplittableRandom(seed));
    byte[] payload = digest.payload();
    assertThat(DigestReader.read(payload)).contains(digest);
    int length = Digest.emptyLength(digest.product(), digest.node());
    for (Item item : digest.items()) {
      length += Digest.length(item);
    }
    assertThat(payload).hasSize(length - 1);
  }

  @Example
  void isShortAndCanBeReadByPeople() {
    Digest sum =
        new Digest("product1", "node7", List.of(Item.ofSum(Prefix.ALL, new Sum(-1, 2000))));
    assertThat(new String(sum.payload(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"f\":1,\"i\":[[\"\",\"__________8\",2000]],\"n\":\"node7\",\"p\":\"product1\"}");
    Digest list = new Digest("product1", "", List.of(Item.ofLines(Prefix.ALL, List.of(LINE))));
    assertThat(new String(list.payload(), StandardCharsets.UTF_8))
        .matches("\\{\"f\":1,\"i\":\\[\\[\"\",\\[\\[\"[^\"]{11}\",12,\"[^\"]{8}\"]]]],\"p\":.*");
  }

  @Example
  void aListSaysAsMuchAsItsSum() {
    Ranges ranges = new Ranges();
    ranges.add(new Held("security", Line.keyHash("security"), revision(12, "a"), 0));
    assertThat(Item.ofLines(Prefix.ALL, List.of(LINE)).sum()).isEqualTo(ranges.sum());
  }

  @Example
  void ordersLinesAsRevisions() {
    long key = LINE.key();
    Revision a = revision(3, "a");
    Revision b = revision(3, "b");
    assertThat(Line.of(key, a).isNewerThan(Line.of(key, b))).isEqualTo(a.isNewerThan(b));
    assertThat(Line.of(key, b).isNewerThan(Line.of(key, a))).isEqualTo(b.isNewerThan(a));
    assertThat(Line.of(key, a).isNewerThan(Line.of(key, Revision.ofDeletion(3)))).isTrue();
    assertThat(Line.of(key, Revision.ofDeletion(4)).isNewerThan(Line.of(key, a))).isTrue();
    assertThat(Line.of(key, a).isNewerThan(Line.of(key, a))).isFalse();
  }

  @Example
  void ignoresMembersThatItDoesNotKnow() {
    assertThat(read("{'f':1,'p':'a','i':[],'later':{'x':1}}"))
        .isEqualTo(new Digest("a", "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{'p':'a','i':[]}",
        "{'f':1,'i':[]}",
        "{'f':1,'p':'../a','i':[]}",
        "{'f':1,'p':'a'}",
        "{'f':1,'p':'a','i':{}}",
        "{'f':1,'p':'a','i':[[]]}",
        "{'f':1,'p':'a','i':[['','__________8']]}",
        "{'f':1,'p':'a','i':[['','__________8',-1]]}",
        "{'f':1,'p':'a','i':[['','__________8',2147483648]]}",
        "{'f':1,'p':'a','i':[['','_______8',1]]}",
        "{'f':1,'p':'a','i':[['','=========',1]]}",
        "{'f':1,'p':'a','i':[['F','__________8',1]]}",
        "{'f':1,'p':'a','i':[['0123456789abcdef','__________8',1]]}",
        "{'f':1,'p':'a','i':[['','__________8',1],['','__________8',1]]}",
        "{'f':1,'p':'a','i':[['',[['__________8']]]]}",
        "{'f':1,'p':'a','i':[['',[['__________8',-1]]]]}",
        "{'f':1,'p':'a','i':[['',[['__________8',9007199254740992]]]]}",
        "{'f':1,'p':'a','i':[['',[['__________8',1e99999]]]]}",
        "{'f':1,'p':'a','i':[['',[['__________8',1],['__________8',1]]]]}",
        "{'f':1,'p':'a','i':[['0',[['__________8',1]]]]}",
        "{'f':1,'p':'a','n':7,'i':[]}",
        "{'f':1,'p':'a','i':[],'x':[[[[[[]]]]]]}",
      })
  void rejectsWhatIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(RejectedException.class);
  }

  @Example
  void rejectsMoreThanItsLimits() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= DigestReader.MAX_ITEMS; i++) {
      many.append("['").append(Integer.toHexString(i + 4096)).append("','__________8',1],");
    }
    many.setLength(many.length() - 1);
    assertThatThrownBy(() -> read("{'f':1,'p':'a','i':[" + many + "]}"))
        .hasMessageContaining("more than 64 items");
    assertThatThrownBy(() -> read("{'f':1,'p':'a','n':'" + "n".repeat(129) + "','i':[]}"))
        .hasMessageContaining("n is longer");
    assertThatThrownBy(() -> read("{'f':1,'p':'a','i':[]}" + " ".repeat(4096)))
        .hasMessageContaining("4096");
  }

  @Example
  void deletionsHaveNoContent() {
    Digest digest = new Digest("a", "", List.of(Item.ofLines(Prefix.ALL, List.of(DELETED))));
    assertThat(DigestReader.read(digest.payload())).contains(digest);
  }

  private static Digest read(String text) {
    byte[] payload = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return DigestReader.read(payload).orElseThrow();
  }
}
