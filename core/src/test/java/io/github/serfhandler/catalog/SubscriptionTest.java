package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.MemberStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  @Test
  void seesAllOfSubscribedAndThePublicServiceOfObserved() {
    Subscription subscription = Subscription.of(List.of("b", "a"), List.of("c", "b"));
    assertThat(subscription.products()).containsExactly("a", "b");
    assertThat(subscription.observed()).containsExactly("c");
    assertThat(subscription.sees("b", "web")).isTrue();
    assertThat(subscription.sees("c", "web")).isFalse();
    assertThat(subscription.sees("c", "public")).isTrue();
    assertThat(subscription.sees("d", "public")).isFalse();
    assertThat(subscription.sees("c")).isTrue();
    assertThat(subscription.sees("d")).isFalse();
    assertThat(Subscription.NONE.sees("a")).isFalse();
  }

  @Test
  void refusesIllegalNames() {
    assertThatThrownBy(() -> Subscription.of(List.of("a/b"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("product \"a/b\": not a legal name");
    assertThatThrownBy(() -> Subscription.of(List.of(), List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheLegalProductsOfANode() {
    Node node =
        new TagReader()
            .read(Fixtures.member("n", MemberStatus.ALIVE, "products=b:../x:a", "svc=c/web:1"));
    assertThat(Subscription.ofNode(node, List.of("o")))
        .isEqualTo(Subscription.of(List.of("a", "b"), List.of("o")));
  }
}
