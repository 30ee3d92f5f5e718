package io.github.serfhandler.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever Serf, or anybody else, hands over. */
class ForkedEventPropertyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A member as a test makes it up. */
  record Made(String name, InetAddress addr, Map<String, String> tags) {}

  private static ForkedEvent read(Map<String, String> env, byte[] input)
      throws NoEventException, InterruptedException {
    return ForkedEvent.read(env, new ByteArrayInputStream(input), PATIENCE);
  }

  @Provide
  Arbitrary<Map<String, String>> environments() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "SERF_EVENT",
            "SERF_SELF_NAME",
            "SERF_SELF_ROLE",
            "SERF_TAG_ROLE",
            "SERF_TAG_",
            "SERF_TAG_PRODUCTS",
            "SERF_USER_EVENT",
            "SERF_USER_LTIME",
            "SERF_QUERY_NAME",
            "SERF_QUERY_LTIME");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "user", "query", "member-join", "member-reap", "", ":", "18446744073709551615"),
            Arbitraries.strings().ofMaxLength(20));
    return Arbitraries.maps(keys, values).ofMaxSize(10);
  }

  @Provide
  Arbitrary<byte[]> inputs() {
    Arbitrary<String> lineLike =
        Arbitraries.strings().withChars("ab\t\n\\=,:.1\u00e9").ofMaxLength(200);
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
        lineLike.map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  @Property
  void readsOrRefusesAndNeverFails(
      @ForAll("environments") Map<String, String> env, @ForAll("inputs") byte[] input)
      throws InterruptedException {
    boolean named =
        switch (env.getOrDefault("SERF_EVENT", "")) {
          case "" -> false;
          case "user" -> env.containsKey("SERF_USER_EVENT");
          case "query" -> env.containsKey("SERF_QUERY_NAME");
          default -> true;
        };
    try {
      ForkedEvent forked = read(env, input);
      assertThat(named).isTrue();
      assertThat(forked.notes()).allMatch(note -> note.indexOf('\n') < 0);
      assertThat(forked.self().roles()).noneMatch(role -> role.isEmpty() || role.contains(":"));
    } catch (NoEventException e) {
      assertThat(named).isFalse();
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  @Property
  void givesBackEveryPayloadThatEndsInNoLineEnd(
      @ForAll byte[] payload, @ForAll String name, @ForAll long ltime) throws Exception {
    boolean ambiguous = payload.length > 0 && payload[payload.length - 1] == '\n';
    ByteArrayOutputStream asSerfWrites = new ByteArrayOutputStream();
    asSerfWrites.writeBytes(payload);
    if (payload.length > 0 && !ambiguous) {
      asSerfWrites.write('\n');
    }
    String number = Long.toUnsignedString(ltime);
    Payload expected =
        ambiguous
            ? Payload.of(java.util.Arrays.copyOf(payload, payload.length - 1))
            : Payload.of(payload);
    Map<String, String> user =
        Map.of("SERF_EVENT", "user", "SERF_USER_EVENT", name, "SERF_USER_LTIME", number);
    assertThat(read(user, asSerfWrites.toByteArray()).event())
        .isEqualTo(new UserEvent(ltime, name, expected, false));
    Map<String, String> query =
        Map.of("SERF_EVENT", "query", "SERF_QUERY_NAME", name, "SERF_QUERY_LTIME", number);
    assertThat(read(query, asSerfWrites.toByteArray()).event())
        .isEqualTo(new QueryEvent(0, 0, ltime, name, expected));
  }

  /** Without what the form can not tell: a backslash, and a comma or an equals sign in a tag. */
  @Provide
  Arbitrary<List<Made>> members() {
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("abcXYZ019 .:/-_\t\n\r\u00e9\u4e2d\"'").ofMaxLength(12);
    Arbitrary<InetAddress> addresses =
        Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16))
            .map(ForkedEventPropertyTest::address);
    Arbitrary<Map<String, String>> tags =
        Arbitraries.maps(texts.filter(key -> !key.isEmpty()), texts).ofMaxSize(4);
    Arbitrary<String> names = texts.filter(name -> !name.isEmpty());
    return Combinators.combine(names, addresses, tags).as(Made::new).list().ofMaxSize(4);
  }

  @Property
  void givesBackEveryMemberWhoseFormIsNotAmbiguous(@ForAll("members") List<Made> made)
      throws Exception {
    StringBuilder lines = new StringBuilder();
    for (Made member : made) {
      StringBuilder tags = new StringBuilder();
      member
          .tags()
          .forEach(
              (key, value) ->
                  tags.append(tags.length() == 0 ? "" : ",").append(key).append('=').append(value));
      lines.append(clean(member.name())).append('\t').append(Addresses.text(member.addr()));
      lines.append('\t').append(clean(member.tags().getOrDefault("role", "")));
      lines.append('\t').append(clean(tags.toString())).append('\n');
    }
    ForkedEvent forked =
        read(
            Map.of("SERF_EVENT", "member-join", "SERF_SELF_NAME", "n"),
            lines.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(forked.notes()).isEmpty();
    List<Member> read = ((MemberEvent) forked.event()).members();
    assertThat(read).hasSameSizeAs(made);
    for (int i = 0; i < made.size(); i++) {
      assertThat(read.get(i).name()).isEqualTo(made.get(i).name());
      assertThat(read.get(i).tags()).isEqualTo(new HashMap<>(made.get(i).tags()));
      assertThat(read.get(i).addr()).isEqualTo(made.get(i).addr());
    }
  }

  private static String clean(String text) {
    return text.replace("\t", "\\t").replace("\n", "\\n");
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
