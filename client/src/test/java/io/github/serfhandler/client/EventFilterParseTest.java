package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Serf's own syntax, as {@code ParseEventFilter}, {@code Valid} and {@code Invoke} have it. */
class EventFilterParseTest {
  private static final SerfEvent JOIN = new MemberEvent(MemberEvent.Type.JOIN, List.of());
  private static final SerfEvent UPDATE = new MemberEvent(MemberEvent.Type.UPDATE, List.of());
  private static final SerfEvent DEPLOY = new UserEvent(1, "deploy", Payload.EMPTY, false);
  private static final SerfEvent LOAD = new QueryEvent(1, 2, 3, "load", Payload.EMPTY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // filter | join | update | user deploy | query load
        "''|true|true|true|true",
        "*|true|true|true|true",
        "member-join|true|false|false|false",
        "member-join,member-update|true|true|false|false",
        "user|false|false|true|false",
        "user:|false|false|true|false",
        "user:deploy|false|false|true|false",
        "user:load|false|false|false|false",
        "user:Deploy|false|false|false|false",
        "query:load|false|false|false|true",
        "query:deploy|false|false|false|false",
        "query|false|false|false|true",
        "member-leave,user:deploy,query|false|false|true|true",
        "member-leave,*|true|true|true|true"
      })
  void deliversWhatSerfWouldDeliver(
      String filter, boolean join, boolean update, boolean deploy, boolean load) {
    EventFilter parsed = EventFilter.parse(filter);
    assertThat(parsed.delivers(JOIN)).isEqualTo(join);
    assertThat(parsed.delivers(UPDATE)).isEqualTo(update);
    assertThat(parsed.delivers(DEPLOY)).isEqualTo(deploy);
    assertThat(parsed.delivers(LOAD)).isEqualTo(load);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "member",
        "join",
        "users",
        "member-join ",
        " member-join",
        "member-join, user",
        ",",
        "user,",
        "User",
        "member-join:a",
        "all",
        "**"
      })
  void refusesWhatSerfRefusesAndNamesWhatThereIs(String filter) {
    assertThatThrownBy(() -> EventFilter.parse(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user:NAME");
  }

  @Test
  void keepsTheOrderAndTheWords() {
    assertThat(EventFilter.parse("user:b,member-join,user:a"))
        .hasToString("user:b,member-join,user:a");
    assertThat(EventFilter.parse("")).isEqualTo(EventFilter.all());
    assertThat(EventFilter.parse("user:x")).isEqualTo(EventFilter.userEvents("x"));
  }

  @Test
  void deliversNoGapWhichIsNoEventOfSerfs() {
    assertThat(EventFilter.all().delivers(new StreamGap(StreamGap.Reason.OVERFLOW, 3))).isFalse();
  }
}
