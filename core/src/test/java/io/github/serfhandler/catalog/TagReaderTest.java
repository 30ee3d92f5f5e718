package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagReaderTest {
  private static Node read(String... tags) {
    return new TagReader().read(member("n1", MemberStatus.ALIVE, tags));
  }

  private static List<String> offers(Node node) {
    return node.offers().stream().map(Offer::toString).toList();
  }

  @Test
  void readsTheLongForm() {
    Node node =
        read(
            "role=web:mysql",
            "products=product1:product2",
            "product1.service_type=mysql:web",
            "product1.mysql.service_port=3306",
            "product1.web.service_port=80",
            "product2.service_type=");
    assertThat(offers(node)).containsExactly("product1/mysql:3306", "product1/web:80");
    assertThat(node.roles()).containsExactly("web", "mysql");
    assertThat(node.products()).containsExactly("product1", "product2");
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void readsTheCompactForm() {
    Node node = read("products=product1", "svc=product1/web:80,product1/mysql:3306");
    assertThat(offers(node)).containsExactly("product1/web:80", "product1/mysql:3306");
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void mergesBothForms() {
    Node node =
        read(
            "svc=p/web:80,p/web:80,p/db:1",
            "products=p",
            "p.service_type=web:web:cache",
            "p.web.service_port=080",
            "p.cache.service_port=2");
    assertThat(offers(node)).containsExactly("p/web:80", "p/db:1", "p/cache:2");
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void takesTwoPortsOfAServiceForTwoInstances() {
    assertThat(
            offers(
                read(
                    "svc=p/web:80,p/web:81",
                    "products=p",
                    "p.service_type=web",
                    "p.web.service_port=82")))
        .containsExactly("p/web:80", "p/web:81", "p/web:82");
  }

  @Test
  void takesCompactEntriesOfProductsThatTheNodeDoesNotSubscribeTo() {
    Node node = read("svc=p/web:80");
    assertThat(offers(node)).containsExactly("p/web:80");
    assertThat(node.products()).isEmpty();
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void missesNothingThatTheCompactFormGives() {
    Node node = read("products=p:q", "svc=p/web:80,q/db:1", "q.service_type=db");
    assertThat(offers(node)).containsExactly("p/web:80", "q/db:1");
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void findsNothingWrongWithAPlainNode() {
    assertThat(read().problems()).isEmpty();
    Node node = read("role=", "products=", "svc=", "other=x");
    assertThat(node.problems()).isEmpty();
    assertThat(node.roles()).isEmpty();
    assertThat(node.products()).isEmpty();
  }

  @Test
  void passesOverEmptyParts() {
    Node node =
        read(
            "role=::a::b:",
            "products=:p::",
            "p.service_type=:web:",
            "p.web.service_port=1",
            "svc=,,p/x:2,");
    assertThat(node.roles()).containsExactly("a", "b");
    assertThat(offers(node)).containsExactly("p/x:2", "p/web:1");
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void losesExactlyTheInstanceThatABadTagDescribes() {
    Node node =
        read(
            "products=p:.bad:q:r",
            "p.service_type=web:b/d:db:mail:ok",
            "p.web.service_port=http",
            "p.db.service_port=65536",
            "p.ok.service_port=65535",
            "r.service_type=x",
            "r.x.service_port=1",
            "svc=p/a:1,p/a,p:1,../x:1,p/y:0,p/z:99999999999");
    assertThat(offers(node)).containsExactly("p/a:1", "p/ok:65535", "r/x:1");
    assertThat(node.products()).containsExactly("p", "q", "r");
    assertThat(node.problems())
        .extracting(problem -> problem.tag() + "=" + problem.value())
        .containsExactly(
            "svc=p/a",
            "svc=p:1",
            "svc=../x:1",
            "svc=p/y:0",
            "svc=p/z:99999999999",
            "p.web.service_port=http",
            "p.service_type=b/d",
            "p.db.service_port=65536",
            "p.mail.service_port=",
            "products=.bad",
            "q.service_type=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "+80",
        " 80",
        "80 ",
        "8 0",
        "0x50",
        "80.0",
        "1e2",
        "٣",
        "８０",
        "65536",
        "100000",
        "000080",
        "4294967376",
        "80\u0000",
        "80\n"
      })
  void refusesWhatIsNoPort(String port) {
    Node node = read("products=p", "p.service_type=web", "p.web.service_port=" + port);
    assertThat(node.offers()).isEmpty();
    assertThat(node.problems())
        .singleElement()
        .isEqualTo(new TagProblem("n1", "p.web.service_port", port, Ports.RULE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "080", "00080"})
  void takesLeadingZerosInFiveDigits(String port) {
    assertThat(offers(read("svc=p/web:" + port))).containsExactly("p/web:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.9"})
  void showsNothingOfANodeWithoutAUsableAddress(String addr) {
    Node node =
        new TagReader().read(member("n1", addr, MemberStatus.ALIVE, "svc=p/web:80", "products=p"));
    assertThat(node.offers()).isEmpty();
    assertThat(node.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.tag()).isEqualTo("addr"));
  }

  @Test
  void doesNotMindAMissingAddressOfANodeWithoutServices() {
    Member member =
        new Member(
            "n1", null, 0, Map.of("role", "x"), MemberStatus.ALIVE, ProtocolVersions.UNKNOWN);
    assertThat(new TagReader().read(member).problems()).isEmpty();
  }

  @Test
  void toldOfAMissingAddressItLosesTheServicesOnly() {
    Member member =
        new Member(
            "n1",
            null,
            0,
            Map.of("products", "p", "svc", "p/web:80"),
            MemberStatus.ALIVE,
            ProtocolVersions.UNKNOWN);
    Node node = new TagReader().read(member);
    assertThat(node.offers()).isEmpty();
    assertThat(node.products()).containsExactly("p");
    assertThat(node.problems()).extracting(TagProblem::tag).containsExactly("addr");
  }

  @Test
  void boundsWhatAHostileNodeCosts() {
    Node node =
        read(
            "products=" + "a:".repeat(100_000),
            "svc=" + "p/%:1,".repeat(150),
            "role=" + "r".repeat(1_000_000));
    assertThat(node.problems()).hasSize(TagReader.MAX_PROBLEMS);
    assertThat(node.problems().get(TagReader.MAX_PROBLEMS - 1).reason()).contains("more problems");
    assertThat(node.products()).isEmpty();
    assertThat(node.roles()).isEmpty();
  }

  @Test
  void boundsTheServicesOfANode() {
    Map<String, String> tags = new HashMap<>();
    StringBuilder products = new StringBuilder();
    for (int p = 0; p < 8; p++) {
      products.append("p").append(p).append(':');
      StringBuilder types = new StringBuilder();
      for (int s = 0; s < 100; s++) {
        types.append('s').append(s).append(':');
        tags.put("p" + p + ".s" + s + ".service_port", "80");
      }
      tags.put("p" + p + ".service_type", types.toString());
    }
    tags.put("products", products.toString());
    Node node =
        new TagReader()
            .read(
                new Member(
                    "n",
                    Fixtures.addr("10.0.0.1"),
                    0,
                    tags,
                    MemberStatus.ALIVE,
                    ProtocolVersions.UNKNOWN));
    assertThat(node.offers()).hasSize(TagReader.MAX_OFFERS);
    assertThat(node.problems()).hasSize(TagReader.MAX_PROBLEMS);
  }

  @Test
  void readsWeightAndCheckWithBothForms() {
    Node node =
        read(
            "svc=p/web:80,p/web:81,q/web:80",
            "products=p",
            "p.service_type=db:web",
            "p.db.service_port=1",
            "p.web.service_port=82",
            "p.web.weight=007",
            "p.web.check=/health?x=1&y=[2]",
            "p.db.weight=0",
            "p.db.check=off",
            "q.web.weight=256",
            "q.web.check=tcp");
    assertThat(node.problems()).isEmpty();
    assertThat(node.offers())
        .containsExactly(
            new Offer("p", "web", 80, 7, new HealthCheck("/health?x=1&y=[2]")),
            new Offer("p", "web", 81, 7, new HealthCheck("/health?x=1&y=[2]")),
            new Offer("q", "web", 80, 256, HealthCheck.TCP),
            new Offer("p", "db", 1, 0, HealthCheck.OFF),
            new Offer("p", "web", 82, 7, new HealthCheck("/health?x=1&y=[2]")));
  }

  @Test
  void takesTheDefaultsWhereNothingIsSaid() {
    Node node = read("svc=p/web:80", "p.other.weight=x", "p.weight=x", "web.check=x");
    assertThat(node.problems()).isEmpty();
    assertThat(node.offers()).containsExactly(new Offer("p", "web", 80, 100, HealthCheck.TCP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-1", "+1", "257", "999", "0001", "1.0", "1e1", "٣", "９", "1\n", "\0", "%"
      })
  void losesNoInstanceThroughABadWeight(String weight) {
    Node node = read("svc=p/web:80", "p.web.weight=" + weight);
    assertThat(node.offers()).containsExactly(new Offer("p", "web", 80));
    assertThat(node.problems())
        .containsExactly(
            new TagProblem(
                "n1", "p.web.weight", weight, "not a number from 0 to 256; the default counts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "TCP",
        "http",
        "health",
        "/a b",
        "/a\nserver evil",
        "/a\r",
        "/\0",
        "/\"",
        "/'",
        "/\\",
        "/#",
        "/%[env(x)]",
        "/$x",
        "/;",
        "/{{x}}",
        "/`",
        "/é",
        "/\u007f",
        "/\uD83D\uDE00"
      })
  void losesNoInstanceThroughABadCheck(String check) {
    Node node = read("svc=p/web:80", "p.web.check=" + check);
    assertThat(node.offers()).containsExactly(new Offer("p", "web", 80));
    assertThat(node.problems())
        .containsExactly(
            new TagProblem("n1", "p.web.check", check, HealthCheck.RULE + "; the default counts"));
    assertThat(node.problems().get(0).message()).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void boundsThePathOfACheck() {
    String longest = "/" + "a".repeat(127);
    assertThat(read("svc=p/web:80", "p.web.check=" + longest).offers().get(0).check().text())
        .isEqualTo(longest);
    Node node = read("svc=p/web:80", "p.web.check=" + longest + "a");
    assertThat(node.offers()).containsExactly(new Offer("p", "web", 80));
    assertThat(node.problems()).hasSize(1);
  }

  @Test
  void tellsABadWeightAndABadCheckOnceForAllPortsAndBothForms() {
    Node node =
        read(
            "svc=p/web:80,p/web:81,p/web:82,p/web:80",
            "products=p",
            "p.service_type=web",
            "p.web.service_port=83",
            "p.web.weight=many",
            "p.web.check=maybe");
    assertThat(node.offers()).hasSize(4);
    assertThat(node.problems())
        .extracting(TagProblem::tag)
        .containsExactlyInAnyOrder("p.web.weight", "p.web.check");
  }

  @Property(tries = 2_000)
  void survivesAnyTags(@ForAll("hostileTags") Map<String, String> tags) {
    Member member =
        new Member(
            "n", Fixtures.addr("::1"), 0, tags, MemberStatus.ALIVE, ProtocolVersions.UNKNOWN);
    Node node = new TagReader().read(member);
    assertThat(node.products()).allMatch(Names::isLegal).doesNotHaveDuplicates();
    assertThat(node.offers())
        .doesNotHaveDuplicates()
        .allMatch(offer -> Names.isLegal(offer.product()) && Names.isLegal(offer.service()))
        .allMatch(offer -> offer.weight() >= 0 && offer.weight() <= Offer.MAX_WEIGHT);
    assertThat(node.problems())
        .allSatisfy(problem -> assertThat(problem.message()).doesNotContainPattern("\\p{Cntrl}"));
  }

  @Provide
  Arbitrary<Map<String, String>> hostileTags() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "products",
            "svc",
            "role",
            "a.service_type",
            "a.b.service_port",
            "b.service_type",
            "a.b.weight",
            "a.b.check");
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars('a', 'b', ':', ',', '/', '.', '1', '9', '-', '\n', '\u0000', '\uD800', '٣')
            .ofMaxLength(40);
    return Arbitraries.maps(keys, values);
  }
}
