package io.github.serfhandler.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForkedEventTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration IMPATIENCE = Duration.ofMillis(20);

  private static Map<String, String> env(String... pairs) {
    Map<String, String> env = new HashMap<>(Map.of("SERF_SELF_NAME", "node1", "PATH", "/bin"));
    for (int i = 0; i < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return env;
  }

  private static Map<String, String> user() {
    return env("SERF_EVENT", "user", "SERF_USER_EVENT", "deploy", "SERF_USER_LTIME", "7");
  }

  private static ForkedEvent read(Map<String, String> env, String input) throws Exception {
    return read(env, input.getBytes(StandardCharsets.UTF_8));
  }

  private static ForkedEvent read(Map<String, String> env, byte[] input) throws Exception {
    return ForkedEvent.read(env, new ByteArrayInputStream(input), PATIENCE);
  }

  private static List<Member> members(String word, String input) throws Exception {
    return ((MemberEvent) read(env("SERF_EVENT", word), input).event()).members();
  }

  private static Payload payload(String input) throws Exception {
    return ((UserEvent) read(user(), input).event()).payload();
  }

  /** Gives bytes for ever. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'y';
    }
  }

  @Test
  void readsAUserEvent() throws Exception {
    ForkedEvent forked = read(user(), "v12\n");
    assertThat(forked.event()).isEqualTo(new UserEvent(7, "deploy", Payload.ofText("v12"), false));
    assertThat(forked.notes()).isEmpty();
  }

  @Test
  void readsAQuery() throws Exception {
    Map<String, String> env =
        env("SERF_EVENT", "query", "SERF_QUERY_NAME", "load", "SERF_QUERY_LTIME", "9");
    assertThat(read(env, "").event()).isEqualTo(new QueryEvent(0, 0, 9, "load", Payload.EMPTY));
  }

  @Test
  void readsTheNode() throws Exception {
    Map<String, String> env = user();
    env.put("SERF_SELF_ROLE", "web:mysql");
    env.put("SERF_TAG_ROLE", "web:mysql");
    env.put("SERF_TAG_P1_WEB_SERVICE_PORT", "80");
    ForkedEvent forked = read(env, "");
    assertThat(forked.self().name()).isEqualTo("node1");
    assertThat(forked.self().roles()).containsExactly("web", "mysql");
    assertThat(forked.self().tag("p1.web.service_port")).isEqualTo("80");
  }

  @Test
  void readsTheRoleWhereOnlyTheTagIsThere() throws Exception {
    Map<String, String> env = user();
    env.put("SERF_TAG_ROLE", "web");
    assertThat(read(env, "").self().roles()).containsExactly("web");
  }

  @Test
  void believesTheRoleRatherThanATagOfAnotherCase() throws Exception {
    Map<String, String> env = user();
    env.put("SERF_SELF_ROLE", "web");
    env.put("SERF_TAG_ROLE", "the tag Role");
    assertThat(read(env, "").self().roles()).containsExactly("web");
  }

  @Test
  void hasNoRoleAndNoTagsWhereThereAreNone() throws Exception {
    Map<String, String> env = user();
    env.put("SERF_SELF_ROLE", "");
    assertThat(read(env, "").self().roles()).isEmpty();
    assertThat(read(env, "").self().tags()).isEmpty();
  }

  @Test
  void goesOnWithoutTheNameOfTheNode() throws Exception {
    Map<String, String> env = user();
    env.remove("SERF_SELF_NAME");
    ForkedEvent forked = read(env, "");
    assertThat(forked.self().name()).isEmpty();
    assertThat(forked.notes()).singleElement().asString().contains("SERF_SELF_NAME");
  }

  @Test
  void refusesAnEnvironmentWithoutAnEvent() {
    for (Map<String, String> env : List.of(env(), env("SERF_EVENT", ""))) {
      assertThatThrownBy(() -> read(env, ""))
          .isInstanceOf(NoEventException.class)
          .hasMessageContaining("SERF_EVENT is not set")
          .hasMessageContaining("event_handlers");
    }
  }

  @ParameterizedTest
  @CsvSource({"user, SERF_USER_EVENT", "query, SERF_QUERY_NAME"})
  void refusesAnEventWithoutItsName(String word, String variable) {
    assertThatThrownBy(() -> read(env("SERF_EVENT", word), ""))
        .isInstanceOf(NoEventException.class)
        .hasMessageContaining(variable + " is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b", "a b", "=", "désirée", "a\nb"})
  void takesAnyNameOfAnEvent(String name) throws Exception {
    Map<String, String> env = user();
    env.put("SERF_USER_EVENT", name);
    assertThat(((UserEvent) read(env, "").event()).name()).isEqualTo(name);
  }

  @Test
  void knowsThatThereAreEventsThatItDoesNotKnow() throws Exception {
    assertThat(read(env("SERF_EVENT", "member-dance"), "x").event())
        .isEqualTo(new UnknownEvent("member-dance"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "18446744073709551616", "7.0", " 7"})
  void countsALamportTimeThatIsNoneAsZero(String text) throws Exception {
    Map<String, String> env = user();
    env.put("SERF_USER_LTIME", text);
    ForkedEvent forked = read(env, "");
    assertThat(((UserEvent) forked.event()).ltime()).isZero();
    assertThat(forked.notes()).hasSize(text.isEmpty() ? 0 : 1);
  }

  @Test
  void readsTheLargestLamportTime() throws Exception {
    Map<String, String> env = user();
    env.put("SERF_USER_LTIME", "18446744073709551615");
    assertThat(((UserEvent) read(env, "").event()).ltime()).isEqualTo(-1L);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"''|''", "'N'|''", "'a'|'a'", "'aN'|'a'", "'aNN'|'aN'", "'NN'|'N'", "'aRN'|'aR'"},
      delimiter = '|')
  void takesExactlyOneLineEndOffAPayload(String input, String payload) throws Exception {
    assertThat(payload(input.replace('N', '\n').replace('R', '\r')).text())
        .isEqualTo(payload.replace('N', '\n').replace('R', '\r'));
  }

  @Test
  void takesAnyBytesForAPayload() throws Exception {
    byte[] all = new byte[257];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    all[256] = '\n';
    Payload payload = ((UserEvent) read(user(), all).event()).payload();
    assertThat(payload.bytes()).hasSize(256).startsWith(0, 1, 2).endsWith(254, 255);
  }

  @Test
  void takesTheLongestPayloadAndRefusesALongerOne() throws Exception {
    String longest = "x".repeat(ForkedEvent.MAX_PAYLOAD);
    assertThat(payload(longest).size()).isEqualTo(ForkedEvent.MAX_PAYLOAD);
    assertThat(payload(longest + "\n").size()).isEqualTo(ForkedEvent.MAX_PAYLOAD);
    for (String longer : List.of(longest + "x", longest + "\n\n", longest + "xy")) {
      assertThatThrownBy(() -> payload(longer))
          .isInstanceOf(NoEventException.class)
          .hasMessageContaining("longer than 65536 bytes");
    }
  }

  @Test
  void refusesAPayloadWithoutEnd() {
    assertThatThrownBy(() -> ForkedEvent.read(user(), new Endless(), PATIENCE))
        .isInstanceOf(NoEventException.class);
  }

  @Test
  void readsNothingFromAClosedInput() throws Exception {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    ForkedEvent forked = ForkedEvent.read(user(), closed, PATIENCE);
    assertThat(((UserEvent) forked.event()).payload()).isEqualTo(Payload.EMPTY);
    assertThat(forked.notes()).isEmpty();
  }

  @Test
  void doesNotWaitForAnInputThatNobodyCloses() throws Exception {
    try (PipedOutputStream nobody = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(nobody)) {
      ForkedEvent forked = ForkedEvent.read(user(), input, IMPATIENCE);
      assertThat(((UserEvent) forked.event()).payload()).isEqualTo(Payload.EMPTY);
      assertThat(forked.notes()).singleElement().asString().contains("not closed within 20 ms");
    }
  }

  @Test
  void readsMembers() throws Exception {
    List<Member> members =
        members(
            "member-join",
            "web2\t10.0.0.2\tweb\trole=web,products=p1:p2\nweb3\tfe80::1\t\t\nweb4\t<nil>\t\ta=\n");
    assertThat(members).extracting(Member::name).containsExactly("web2", "web3", "web4");
    assertThat(members.get(0).tags()).isEqualTo(Map.of("role", "web", "products", "p1:p2"));
    assertThat(String.valueOf(members.get(0).addr())).isEqualTo("/10.0.0.2");
    assertThat(String.valueOf(members.get(1).addr())).isEqualTo("/fe80:0:0:0:0:0:0:1");
    assertThat(members.get(1).tags()).isEmpty();
    assertThat(members.get(2).addr()).isNull();
    assertThat(members.get(2).tags()).isEqualTo(Map.of("a", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "member-join,ALIVE",
    "member-update,ALIVE",
    "member-leave,LEFT",
    "member-failed,FAILED",
    "member-reap,NONE"
  })
  void knowsTheStatusFromTheEvent(String word, MemberStatus status) throws Exception {
    assertThat(members(word, "a\t10.0.0.1\t\t\n")).extracting(Member::status).containsOnly(status);
  }

  @Test
  void takesBackWhatSerfDoesToTabsAndLineEnds() throws Exception {
    Member member = members("member-join", "a\\tb\\nc\\\t10.0.0.1\tr\\t\trole=r\\t\n").get(0);
    assertThat(member.name()).isEqualTo("a\tb\nc\\");
    assertThat(member.tag("role")).isEqualTo("r\t");
  }

  @Test
  void countsACommaThatBeginsNoTagWithTheValueBeforeIt() throws Exception {
    Member member =
        members("member-join", "a\t::1\tx,y\tsvc=p/w:80,p/m:81,role=x,y,z=1=2,,\n").get(0);
    assertThat(member.tags())
        .isEqualTo(Map.of("svc", "p/w:80,p/m:81", "role", "x,y", "z", "1=2,,"));
  }

  @Test
  void losesNoMoreThanTheLineThatIsNoMember() throws Exception {
    ForkedEvent forked =
        read(
            env("SERF_EVENT", "member-join"),
            "a\t::1\t\t\n\nb\t::1\t\nc\t::1\t\t\tx\n\t::1\t\t\nd\t::1\t\tno tag\ne\t::1\t\t");
    assertThat(((MemberEvent) forked.event()).members())
        .extracting(Member::name)
        .containsExactly("a", "e");
    assertThat(forked.notes())
        .hasSize(5)
        .contains("line 2 of standard input is no member and is left out");
  }

  @Test
  void boundsTheNotes() throws Exception {
    ForkedEvent forked = read(env("SERF_EVENT", "member-join"), "x\n".repeat(1000));
    assertThat(forked.notes()).hasSize(11);
    assertThat(forked.notes().get(10)).isEqualTo("1000 lines of standard input are no members");
  }

  @Test
  void cutsAListOfMembersWithoutEndAtALine() throws Exception {
    String line = "a\t::1\t\t" + "x=" + "y".repeat(991) + "\n";
    ForkedEvent forked = read(env("SERF_EVENT", "member-join"), line.repeat(4200));
    assertThat(((MemberEvent) forked.event()).members())
        .hasSize(ForkedEvent.MAX_MEMBERS / line.length());
    assertThat(forked.notes()).singleElement().asString().contains("the rest is left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1..2.3", "1.2.3.", ".1.2.3", "localhost",
        "a.example", "::1%lo", ":", "[::1]", "::g", "1.2.3.4 ", "?0a", "999999999999.1.1.1"
      })
  void looksUpNoName(String text) {
    assertThat(AddressText.parse(text)).isNull();
  }
}
