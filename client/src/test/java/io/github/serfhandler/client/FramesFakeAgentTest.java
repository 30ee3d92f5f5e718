package io.github.serfhandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.testkit.Exchange;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import io.github.serfhandler.testkit.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that no healthy agent gives. */
class FramesFakeAgentTest {

  private final FakeAgent agent =
      FakeAgent.start()
          .members(
              FakeMember.named("a").withTag("role", "web").withAddr("10.0.0.1"),
              FakeMember.named("b").withStatus("failed").withAddr("2001:db8::1"));
  private final SerfClient client = TestClients.open(agent);

  @AfterEach
  void closeBoth() {
    client.close();
    agent.close();
  }

  @Test
  void anAnswerThatEndsAnywhereIsALostConnection() {
    byte[] whole = Wire.encode(Wire.header(2, ""), Wire.map("Members", List.of(member("a"))));
    AtomicInteger keep = new AtomicInteger();
    agent.on("members", x -> x.truncate(whole, keep.get()));
    for (int i = 0; i < whole.length; i++) {
      keep.set(i);
      assertThatThrownBy(client::members)
          .as("%d bytes of %d", i, whole.length)
          .isInstanceOfSatisfying(
              SerfConnectionException.class, e -> assertThat(e.retrySafe()).isTrue());
    }
    agent.reset("members");
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void anAnswerThatComesByteByByteIsRead() {
    agent.on(
        "members", x -> x.drip(answer(x, Wire.map("Members", List.of(member("a"), member("b"))))));
    assertThat(client.members()).extracting(Member::name).containsExactly("a", "b");
  }

  static Stream<byte[]> bodiesThatClaimTooMuch() {
    int most = Integer.MAX_VALUE;
    byte[] members = Wire.concat(new byte[] {(byte) 0x81}, Wire.encode("Members"));
    byte[] oneMember = Wire.concat(members, new byte[] {(byte) 0x91});
    return Stream.of(
        Wire.claimedMap(most),
        Wire.claimedMap(-1),
        Wire.concat(members, Wire.claimedArray(most)),
        Wire.concat(members, Wire.claimedArray(-1)),
        Wire.concat(oneMember, Wire.claimedMap(-1)),
        Wire.concat(oneMember, new byte[] {(byte) 0x81}, Wire.encode("Name"), Wire.claimedText(-1)),
        Wire.concat(oneMember, new byte[] {(byte) 0x81}, Wire.claimedText(most)),
        Wire.concat(
            oneMember, new byte[] {(byte) 0x81}, Wire.encode("Addr"), Wire.claimedBytes(most)),
        Wire.concat(
            oneMember, new byte[] {(byte) 0x81}, Wire.encode("Unknown"), Wire.claimedBytes(-1)),
        Wire.concat(
            oneMember, new byte[] {(byte) 0x81}, Wire.encode("Unknown"), Wire.claimedArray(-1)));
  }

  @ParameterizedTest
  @MethodSource("bodiesThatClaimTooMuch")
  void aLengthOverTheLimitsIsRefusedWithoutWaitingForIt(byte[] body) {
    agent.once("members", x -> x.raw(Wire.concat(header(x), body)));
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining(agent.rpcAddr())
        .hasMessageContaining("DecodeLimits");
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void anAnswerOverTheLimitOfAFrameIsRefused() {
    agent.members(
        Stream.iterate(0, i -> i + 1)
            .limit(2_000)
            .map(i -> FakeMember.named("n" + i).withTag("t", "x".repeat(100)))
            .toArray(FakeMember[]::new));
    SerfClientOptions small =
        TestClients.at(agent).limits(new DecodeLimits(100_000, 1_000, 10_000)).build();
    try (SerfClient limited = SerfClient.open(small)) {
      assertThatThrownBy(limited::members)
          .isInstanceOf(SerfProtocolException.class)
          .hasMessageContaining("DecodeLimits.frameBytes");
    }
    assertThat(client.members()).hasSize(2_000);
  }

  @Test
  void whatItDoesNotKnowIsPassedOver() {
    Map<String, @Nullable Object> member = member("a");
    Map<String, @Nullable Object> news =
        Wire.map("deep", List.of(Wire.map("a", List.of(1, 2.5, true)), "x"), "nil", null);
    member.put("Zone", news);
    member.put("Name2", "b");
    Map<String, @Nullable Object> body = Wire.map("Epoch", news, "Members", List.of(member));
    agent.on(
        "members",
        x -> {
          Map<String, @Nullable Object> header = Wire.header(x.request().seq(), "");
          header.put("Trace", news);
          x.raw(x.encode(header, body));
        });
    assertThat(client.members()).extracting(Member::name).containsExactly("a");
  }

  @Test
  void anUnknownFieldMayBeNestedAsDeeplyAsItLikes() {
    byte[] nest = new byte[200_000];
    Arrays.fill(nest, (byte) 0x91);
    nest[nest.length - 1] = (byte) 0xc0;
    byte[] body =
        Wire.concat(
            new byte[] {(byte) 0x82},
            Wire.encode("Nest"),
            nest,
            Wire.encode("Members", List.of(member("a"))));
    agent.on("members", x -> x.raw(Wire.concat(header(x), body)));
    assertThat(client.members()).hasSize(1);
  }

  @Test
  void nilStandsForEverythingThatIsEmpty() {
    Map<String, @Nullable Object> member = member("a");
    member.put("Tags", null);
    member.put("Addr", null);
    agent.memberMaps(List.of(member));
    assertThat(client.members())
        .singleElement()
        .satisfies(m -> assertThat(m.tags()).isEmpty())
        .satisfies(m -> assertThat(m.addr()).isNull());

    agent.once("members", x -> x.reply(Wire.map("Members", null)));
    assertThat(client.members()).isEmpty();
    agent.once("members", x -> x.reply(Wire.map()));
    assertThat(client.members()).isEmpty();
    agent.once("members", x -> x.reply(null));
    assertThat(client.members()).isEmpty();
    agent.once("stats", x -> x.reply(Wire.map("tags", null, "serf", Wire.map())));
    assertThat(client.stats().tags()).isEmpty();
    agent.once("list-keys", x -> x.reply(Wire.map("Keys", null, "Messages", null)));
    assertThat(client.listKeys().keys()).isEmpty();
    agent.once("get-coordinate", x -> x.reply(Wire.map("Ok", true, "Coord", null)));
    assertThat(client.coordinate("a")).hasValueSatisfying(c -> assertThat(c.vec()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void everyFormOfTextAndBytesIsRead(WireFormat format) {
    String longTag = "y".repeat(200);
    agent.format(format).members(FakeMember.named("a").withTag("long", longTag));
    assertThat(client.members())
        .singleElement()
        .satisfies(m -> assertThat(m.tag("long")).isEqualTo(longTag))
        .satisfies(m -> assertThat(m.addr()).hasToString("/127.0.0.1"));
    assertThat(client.stats().agentName()).isEqualTo("a");
    assertThat(client.listKeys().keys()).hasSize(1);
    assertThat(client.coordinate("a")).isPresent();
  }

  @Test
  void addressesOfAnyLengthAreTakenOrLeftOut() {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[15] = 7;
    agent.memberMaps(
        List.of(
            withAddr("v4", new byte[] {10, 0, 0, 1}),
            withAddr("mapped", mapped),
            withAddr("v6", new byte[16]),
            withAddr("odd", new byte[] {1, 2, 3})));
    assertThat(client.members())
        .extracting(m -> String.valueOf(m.addr()))
        .containsExactly("/10.0.0.1", "/0.0.0.7", "/0:0:0:0:0:0:0:0", "null");
  }

  @Test
  void aStatusOfTomorrowIsNone() {
    agent.members(FakeMember.named("a").withStatus("dormant"));
    assertThat(client.members()).extracting(Member::status).containsExactly(MemberStatus.NONE);
  }

  @Test
  void theAnswerToAnotherRequestIsNoAnswer() {
    agent.once("stats", x -> x.raw(x.encode(Wire.header(x.request().seq() - 1, ""), Wire.map())));
    agent.once("stats", x -> x.raw(x.encode(Wire.header(x.request().seq() + 1, ""), Wire.map())));
    assertThatThrownBy(client::stats).isInstanceOf(SerfProtocolException.class);
    assertThatThrownBy(client::stats).isInstanceOf(SerfProtocolException.class);
    assertThat(client.stats().agentName()).isEqualTo("a");
    assertThat(agent.accepted()).isEqualTo(3);
  }

  static Stream<byte[]> framesOfAnotherKind() {
    return Stream.of(
        Wire.encode((Object) null),
        Wire.encode(7),
        Wire.encode("hello"),
        Wire.encode(List.of("Seq", 2)),
        Wire.encode(Wire.map("Error", "")),
        Wire.encode(Wire.map("Seq", "two", "Error", "")),
        Wire.encode(Wire.map("Seq", -2, "Error", "")),
        Wire.encode(Wire.map("Seq", 2, "Error", 5)),
        new byte[] {(byte) 0xc1},
        new byte[] {(byte) 0xc7, 1, 5, 0});
  }

  @ParameterizedTest
  @MethodSource("framesOfAnotherKind")
  void aHeaderOfAnotherShapeIsAProtocolError(byte[] frame) {
    agent.once("members", x -> x.raw(frame));
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining(agent.rpcAddr());
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void bodiesOfAnotherShapeAreProtocolErrors() {
    List<@Nullable Object> bodies =
        List.of(
            List.of(),
            "text",
            Wire.map("Members", "none"),
            Wire.map("Members", List.of("a")),
            Wire.map("Members", List.of(Wire.map("Name", 1))),
            Wire.map("Members", List.of(Wire.map("Name", "a", "Port", 70_000))),
            Wire.map("Members", List.of(Wire.map("Name", "a", "Tags", List.of("x")))));
    for (Object body : bodies) {
      agent.once("members", x -> x.reply(body));
      assertThatThrownBy(client::members).as("%s", body).isInstanceOf(SerfProtocolException.class);
    }
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void rubbishAfterAnAnswerCostsTheNextCommandAtMost() {
    agent.once(
        "members",
        x -> {
          x.raw(Wire.concat(answer(x, Wire.map("Members", null)), Wire.encode("rubbish")));
        });
    assertThat(client.members()).isEmpty();
    assertThatThrownBy(client::members).isInstanceOf(SerfProtocolException.class);
    assertThat(client.members()).hasSize(2);
  }

  @Test
  void anotherServerIsToldFromAnAgent() {
    agent.on(
        "handshake",
        x -> {
          x.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          x.close();
        });
    assertThatThrownBy(client::members)
        .isInstanceOf(SerfProtocolException.class)
        .hasMessageContaining("does not speak Serf's RPC")
        .hasMessageContaining("HTTP/1.1")
        .hasMessageContaining("7373");
  }

  private static Map<String, @Nullable Object> member(String name) {
    return FakeMember.named(name).withTag("role", "web").toMap();
  }

  private static Map<String, @Nullable Object> withAddr(String name, byte[] addr) {
    Map<String, @Nullable Object> member = member(name);
    member.put("Addr", addr);
    return member;
  }

  private static byte[] header(Exchange x) {
    return x.encode(Wire.header(x.request().seq(), ""));
  }

  private static byte[] answer(Exchange x, Object body) {
    return x.encode(Wire.header(x.request().seq(), ""), body);
  }
}
