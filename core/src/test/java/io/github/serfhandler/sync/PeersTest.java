package io.github.serfhandler.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {
  private static Member member(String name, MemberStatus status, String tag) throws Exception {
    return new Member(
        name,
        InetAddress.getByName("10.0.0.7"),
        7946,
        Map.of("config_peer", tag, "products", "shop:mail"),
        status,
        ProtocolVersions.UNKNOWN);
  }

  private static Peers of(String tag) throws Exception {
    return Peers.of(List.of(member("a", MemberStatus.ALIVE, tag)), "self");
  }

  @Test
  void tellsWhenOneServesWhereNoneDid() throws Exception {
    assertThat(of("80").addsTo(Peers.NONE)).isTrue();
    assertThat(of("81").addsTo(of("80"))).isTrue();
    assertThat(of("80").addsTo(of("80"))).isFalse();
    assertThat(Peers.NONE.addsTo(of("80"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "7374, 10.0.0.7, 7374",
    "10.1.2.3:80, 10.1.2.3, 80",
    "[fd00::1]:65535, fd00:0:0:0:0:0:0:1, 65535",
  })
  void readsWhereAMemberServes(String tag, String host, int port) throws Exception {
    InetSocketAddress address = of(tag).address("a").orElseThrow();
    assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
    assertThat(address.getPort()).isEqualTo(port);
    assertThat(of(tag).of("shop")).containsExactly("a");
    assertThat(of(tag).of("other")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65536",
        "-1",
        "x",
        "example.org:80",
        "10.1:80",
        "1:2",
        ":80",
        "[::1]",
        "[::1]:",
        "::1:80",
        "[fe80::1%lo]:80",
        "[10.0.0.1]:80",
        "10.0.0.1:80 ",
        "999999999999999999999",
        "[]:1",
        "300.0.0.1:80",
        "127.0.0.1:80",
        "[::1]:80",
        "0.0.0.0:80",
        "169.254.1.1:80",
        "[fe80::1]:80",
        "224.0.0.1:80",
        "...:80",
        "1..2.3:80",
        "1.2.3.4.:80",
        "1.2.3:80",
        "1.2.3.4.5:80",
        "99999999999.0.0.1:80",
        "[.:1]:80",
        "[1:2]:80"
      })
  void takesNothingElseForAnAddressAndLooksNoNameUp(String tag) throws Exception {
    assertThat(of(tag).address("a")).isEmpty();
    assertThat(of(tag).of("shop")).isEmpty();
  }

  @Test
  void leavesOutItselfAndWhoIsNotThere() throws Exception {
    Peers peers =
        Peers.of(
            List.of(
                member("self", MemberStatus.ALIVE, "1"),
                member("gone", MemberStatus.FAILED, "1"),
                member("left", MemberStatus.LEFT, "1"),
                member("b", MemberStatus.ALIVE, "1")),
            "self");
    assertThat(peers.of("shop")).containsExactly("b");
    assertThat(peers.address("gone")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, 7374", "10.0.0.1, 10.0.0.1:7374", "::1, [0:0:0:0:0:0:0:1]:7374"})
  void writesWhereItListens(String host, String tag) throws Exception {
    assertThat(Peers.tagOf(new InetSocketAddress(InetAddress.getByName(host), 7374)))
        .isEqualTo(tag);
  }
}
