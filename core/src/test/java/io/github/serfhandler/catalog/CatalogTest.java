package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.instance;
import static io.github.serfhandler.catalog.Fixtures.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Subscription P = Subscription.of(List.of("p"), List.of());

  @Test
  void ordersInstancesByNodeThenPort() {
    Catalog catalog =
        Catalog.of(
            List.of(
                member("test10", "10.0.0.10", MemberStatus.ALIVE, "svc=p/web:80"),
                member("test2", "10.0.0.2", MemberStatus.ALIVE, "svc=p/web:8080,p/web:80"),
                member("test1", "::1", MemberStatus.ALIVE, "svc=p/web:80")));
    assertThat(catalog.view(P).instances("p", "web"))
        .containsExactly(
            instance("test1", "::1", 80),
            instance("test2", "10.0.0.2", 80),
            instance("test2", "10.0.0.2", 8080),
            instance("test10", "10.0.0.10", 80));
    assertThat(catalog.nodes()).extracting(Node::name).containsExactly("test1", "test2", "test10");
  }

  @Test
  void ordersAliveAndFailedInstances() {
    Catalog catalog =
        Catalog.of(
            List.of(
                member("b", MemberStatus.FAILED, "svc=p/web:2,p/web:1"),
                member("a", MemberStatus.FAILED, "svc=p/web:2,p/web:1"),
                member("c", MemberStatus.ALIVE, "svc=p/web:2,p/web:1")));
    assertThat(catalog.instances("p", "web").failed())
        .extracting(Instance::toString)
        .containsExactly("a 10.0.0.1 1", "a 10.0.0.1 2", "b 10.0.0.1 1", "b 10.0.0.1 2");
    assertThat(catalog.instances("p", "web").alive())
        .extracting(Instance::port)
        .containsExactly(1, 2);
  }

  @Test
  void showsOnlyMembersAlive() {
    List<Member> members = new ArrayList<>();
    for (MemberStatus status : MemberStatus.values()) {
      members.add(member(status.word(), status, "svc=p/web:80", "products=p"));
    }
    assertThat(Catalog.of(members).view(P).instances("p", "web"))
        .extracting(Instance::node)
        .containsExactly("alive");
  }

  @Test
  void showsAllServicesOfSubscribedAndThePublicOneOfObservedProducts() {
    Catalog catalog =
        Catalog.of(
            List.of(
                member(
                    "a", MemberStatus.ALIVE, "svc=p/web:1,p/public:2,q/web:3,q/public:4,r/web:5"),
                member("b", MemberStatus.FAILED, "svc=p/dead:1")));
    View view = catalog.view(Subscription.of(List.of("p", "none"), List.of("q", "r", "p")));
    assertThat(view.products().keySet()).containsExactly("none", "p", "q", "r");
    assertThat(view.services("p").keySet()).containsExactly("public", "web");
    assertThat(view.services("q").keySet()).containsExactly("public");
    assertThat(view.services("r")).isEmpty();
    assertThat(view.services("none")).isEmpty();
    assertThat(view.size()).isEqualTo(3);
  }

  @Test
  void listsTheProductsOfNodesAlive() {
    Catalog catalog =
        Catalog.of(
            List.of(
                member("a", MemberStatus.ALIVE, "svc=q/web:1,p/web:1"),
                member("b", MemberStatus.FAILED, "svc=dead/web:1")));
    assertThat(catalog.products()).containsExactly("p", "q");
  }

  @Test
  void findsNodesByName() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      members.add(member("n" + i, MemberStatus.ALIVE));
    }
    Catalog catalog = Catalog.of(members);
    for (int i = 0; i < 50; i++) {
      String name = "n" + i;
      assertThat(catalog.node(name)).map(Node::name).contains(name);
    }
    assertThat(catalog.node("n50")).isEmpty();
    assertThat(Catalog.EMPTY.node("")).isEmpty();
  }

  @Test
  void tellsTheProblemsOfNodesThatMatter() {
    List<Member> members = new ArrayList<>();
    for (MemberStatus status : MemberStatus.values()) {
      members.add(member(status.word(), status, "products=p"));
    }
    Catalog catalog = Catalog.of(members);
    assertThat(catalog.problems()).extracting(TagProblem::node).containsExactly("alive", "failed");
    assertThat(catalog.node("left"))
        .hasValueSatisfying(node -> assertThat(node.problems()).hasSize(1));
  }

  @Test
  void doesNotDependOnTheOrderOfMembers() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      MemberStatus status = i % 3 == 0 ? MemberStatus.FAILED : MemberStatus.ALIVE;
      members.add(member("n" + i % 50, "10.0.0." + i, status, "svc=p/web:8" + i % 7, "products=x"));
    }
    Catalog expected = Catalog.of(members);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(members, new Random(seed));
      Catalog catalog = Catalog.of(members);
      assertThat(catalog).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(catalog.view(P)).isEqualTo(expected.view(P));
      assertThat(catalog.problems()).isEqualTo(expected.problems());
    }
    assertThat(expected.nodes()).hasSize(50);
  }

  @Test
  void keepsTheInstancesOfANodeWithABadWeightAndTellsOfIt() {
    Catalog catalog =
        Catalog.of(
            List.of(
                member("a", MemberStatus.ALIVE, "svc=p/web:80", "p.web.weight=many"),
                member("b", MemberStatus.LEFT, "svc=p/web:80", "p.web.weight=many")));
    assertThat(catalog.view(P).instances("p", "web")).hasSize(1);
    assertThat(catalog.problems())
        .containsExactly(
            new TagProblem(
                "a", "p.web.weight", "many", "not a number from 0 to 256; the default counts"));
  }

  @Test
  void isNotTheSameWithAnotherWeightOrCheck() {
    Catalog plain = Catalog.of(List.of(member("a", MemberStatus.ALIVE, "svc=p/web:80")));
    for (String tag : List.of("p.web.weight=1", "p.web.check=off")) {
      Catalog other = Catalog.of(List.of(member("a", MemberStatus.ALIVE, "svc=p/web:80", tag)));
      assertThat(other).isNotEqualTo(plain);
      assertThat(other.view(P)).isEqualTo(plain.view(P));
    }
  }
}
