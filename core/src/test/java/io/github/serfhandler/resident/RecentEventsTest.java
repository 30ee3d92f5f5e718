package io.github.serfhandler.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
  private final RecentEvents recent = new RecentEvents(3, 100);

  private static UserEvent user(long ltime, String name, String payload) {
    return new UserEvent(ltime, name, Payload.ofText(payload), false);
  }

  @Test
  void knowsAnEventByItsTimeNameAndPayload() {
    recent.remember(user(1, "deploy", "a"), 7);
    assertThat(recent.connectionOf(user(1, "deploy", "a"))).contains(7);
    assertThat(recent.connectionOf(new UserEvent(1, "deploy", Payload.ofText("a"), true)))
        .contains(7);
    assertThat(recent.connectionOf(user(2, "deploy", "a"))).isEmpty();
    assertThat(recent.connectionOf(user(1, "restart", "a"))).isEmpty();
    assertThat(recent.connectionOf(user(1, "deploy", "b"))).isEmpty();
    QueryEvent query = new QueryEvent(1, 1, 1, "deploy", Payload.ofText("a"));
    assertThat(recent.connectionOf(query)).isEmpty();
  }

  @Test
  void forgetsTheOldestOfTooMany() {
    for (int i = 1; i <= 4; i++) {
      recent.remember(user(i, "e", ""), 1);
    }
    assertThat(recent.size()).isEqualTo(3);
    assertThat(recent.connectionOf(user(1, "e", ""))).isEmpty();
    assertThat(recent.connectionOf(user(2, "e", ""))).isPresent();
  }

  @Test
  void forgetsTheOldestOfTooMuch() {
    recent.remember(user(1, "e", "x".repeat(60)), 1);
    recent.remember(user(2, "e", "x".repeat(60)), 1);
    assertThat(recent.size()).isEqualTo(1);
    recent.remember(user(3, "e", "x".repeat(1000)), 1);
    assertThat(recent.size()).isZero();
    recent.remember(user(4, "e", "x".repeat(60)), 1);
    assertThat(recent.size()).isEqualTo(1);
  }

  @Test
  void canForgetUserEventsAlone() {
    QueryEvent query = new QueryEvent(1, 1, 1, "load", Payload.EMPTY);
    recent.remember(user(1, "e", "x".repeat(90)), 1);
    recent.remember(query, 1);
    recent.forgetUserEvents();
    assertThat(recent.connectionOf(user(1, "e", "x".repeat(90)))).isEmpty();
    assertThat(recent.connectionOf(query)).contains(1);
    recent.remember(user(1, "e", "x".repeat(90)), 2);
    assertThat(recent.connectionOf(query)).contains(1);
  }
}
