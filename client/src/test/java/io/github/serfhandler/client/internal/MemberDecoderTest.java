package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.client.DecodeLimits;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemberDecoderTest {

  @Test
  void readsEveryFieldInAnyOrderAndSkipsUnknownOnes() throws IOException {
    Member member =
        one(
            Wire.map(
                "Novelty", List.of(1, Map.of("x", 2.5)),
                "Status", "leaving",
                "Tags", Map.of("role", "web"),
                "DelegateCur", 4,
                "DelegateMax", 5,
                "DelegateMin", 2,
                "ProtocolCur", 2,
                "ProtocolMax", 5,
                "ProtocolMin", 1,
                "Port", 7946,
                "Addr", new byte[] {10, 0, 0, 1},
                "Name", "n1"));
    assertThat(member.name()).isEqualTo("n1");
    assertThat(String.valueOf(member.addr())).isEqualTo("/10.0.0.1");
    assertThat(member.port()).isEqualTo(7946);
    assertThat(member.tags()).isEqualTo(Map.of("role", "web"));
    assertThat(member.status()).isEqualTo(MemberStatus.LEAVING);
    assertThat(member.protocol()).isEqualTo(new ProtocolVersions(1, 5, 2, 2, 5, 4));
  }

  @Test
  void takesAMappedAddressForWhatItMeans() throws IOException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
    assertThat(one(Wire.map("Name", "n", "Addr", mapped)).addr()).isInstanceOf(Inet4Address.class);
  }

  @Test
  void doesWithoutWhatIsMissingOrBroken() throws IOException {
    Member bare =
        one(Wire.map("Name", "n", "Addr", new byte[3], "Tags", null, "Status", "confused"));
    assertThat(bare)
        .isEqualTo(new Member("n", null, 0, Map.of(), MemberStatus.NONE, ProtocolVersions.UNKNOWN));
    assertThat(one(Wire.map("Name", "n", "Addr", null)).addr()).isNull();
  }

  @Test
  void keepsTheLastOfTagsThatAreSentTwice() throws IOException {
    byte[] twice =
        Wire.concat(
            new byte[] {(byte) 0x82},
            Wire.encode("Name", "n", "Tags"),
            new byte[] {(byte) 0x82},
            Wire.encode("a", "1", "a", "2"));
    byte[] list =
        Wire.concat(new byte[] {(byte) 0x81}, Wire.encode("Members"), new byte[] {(byte) 0x91});
    assertThat(decode(Wire.concat(list, twice)).get(0).tags()).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void sharesWhatMembersHaveInCommon() throws IOException {
    Map<String, @Nullable Object> first =
        Wire.map("Name", "a", "Tags", Map.of("role", "web"), "ProtocolMax", 5);
    Map<String, @Nullable Object> second =
        Wire.map("Name", "b", "Tags", Map.of("role", "web"), "ProtocolMax", 5);
    List<Member> members = decode(Wire.encode(Wire.map("Members", List.of(first, second))));
    assertThat(members.get(0).tag("role")).isSameAs(members.get(1).tag("role"));
    assertThat(members.get(0).protocol()).isSameAs(members.get(1).protocol());
  }

  @Test
  void refusesMembersWithoutAName() {
    assertThatThrownBy(() -> one(Wire.map("Port", 1)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("a member without a Name");
    assertThatThrownBy(() -> one(Wire.map("Name", "n", "Port", 70_000)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void readsAnEmptyCluster() throws IOException {
    assertThat(decode(Wire.encode(Wire.map("Members", null)))).isEmpty();
    assertThat(decode(Wire.encode(Wire.map()))).isEmpty();
    assertThat(decode(Wire.encode(Wire.map("Novelty", 1, "Members", List.of())))).isEmpty();
  }

  private static Member one(Map<String, @Nullable Object> member) throws IOException {
    return decode(Wire.encode(Wire.map("Members", List.of(member)))).get(0);
  }

  private static List<Member> decode(byte[] reply) throws IOException {
    MsgpackReader reader = new MsgpackReader(new ByteArrayInputStream(reply), DecodeLimits.DEFAULT);
    reader.beginFrame();
    return MemberDecoder.reply(reader);
  }
}
