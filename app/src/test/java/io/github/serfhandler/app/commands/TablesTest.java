package io.github.serfhandler.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.cli.Json;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.cli.Table;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.catalog.GuardState;
import io.github.serfhandler.catalog.MassLossGuard;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code services} and {@code nodes} print. */
class TablesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  private static final List<Member> MEMBERS =
      List.of(
          member("test10", 10, MemberStatus.ALIVE, "svc", "product1/web:80,product2/public:90"),
          member("test2", 2, MemberStatus.FAILED, "svc", "product1/web:80"),
          member("te\nst3", 3, MemberStatus.LEFT, "svc", "product1/web:80,product1/x:y"),
          member("bare", 4, MemberStatus.ALIVE, "role", "web:mysql"),
          member("lost", 0, MemberStatus.ALIVE, "svc", "product1/web:80"));

  @Test
  void printsEveryOfferWithTheStateOfItsNode() {
    assertThat(
            printed(ServiceRow.table(ServiceRow.ofAll(Catalog.of(MEMBERS), GuardState.EMPTY, NOW))))
        .isEqualTo(
            """
            PRODUCT    SERVICE   NODE      ADDR        PORT   STATUS
            product1   web       te\\nst3   10.0.0.3    80     left
            product1   web       test2     10.0.0.2    80     failed
            product1   web       test10    10.0.0.10   80     alive
            product2   public    test10    10.0.0.10   90     alive
            """);
  }

  @Test
  void printsTheServicesAsJson() {
    List<ServiceRow> rows = ServiceRow.ofAll(Catalog.of(MEMBERS), GuardState.EMPTY, NOW);
    assertThat(printed(ServiceRow.json(rows.subList(3, 4))))
        .isEqualTo(
            """
            [
                {
                    "product": "product2",
                    "service": "public",
                    "node": "test10",
                    "addr": "10.0.0.10",
                    "port": 90,
                    "status": "alive"
                }
            ]
            """);
    assertThat(printed(ServiceRow.json(List.of()))).isEqualTo("[]\n");
  }

  @Test
  void marksWhatTheGuardHolds() {
    List<Member> before =
        List.of(
            member("a", 1, MemberStatus.ALIVE, "svc", "p/web:80"),
            member("b", 2, MemberStatus.ALIVE, "svc", "p/web:80"));
    List<Member> after =
        List.of(
            member("a", 1, MemberStatus.FAILED, "svc", "p/web:80"),
            member("b", 2, MemberStatus.FAILED, "svc", "p/web:80"));
    MassLossGuard guard = new MassLossGuard(GuardSettings.DEFAULT);
    Subscription subscription = Subscription.of(List.of("p"), List.of());
    guard.pass(Catalog.of(before), subscription, NOW);
    View view = guard.pass(Catalog.of(after), subscription, NOW.plusSeconds(1));
    assertThat(ServiceRow.ofView(view)).extracting(ServiceRow::status).containsOnly("held");
    assertThat(ServiceRow.ofAll(Catalog.of(after), guard.state(), NOW))
        .extracting(ServiceRow::status)
        .containsExactly("held", "held");
    assertThat(ServiceRow.ofAll(Catalog.of(before), guard.state(), NOW))
        .extracting(ServiceRow::status)
        .containsExactly("alive", "alive");
    assertThat(ServiceRow.ofAll(Catalog.of(after.subList(0, 1)), guard.state(), NOW))
        .extracting(ServiceRow::toString)
        .containsExactly("p/web a 10.0.0.1 80 held", "p/web b 10.0.0.2 80 held");
    assertThat(ServiceRow.ofAll(Catalog.of(after), guard.state(), NOW.plusSeconds(60)))
        .extracting(ServiceRow::status)
        .containsExactly("failed", "failed");
  }

  @Test
  void printsNodesWithWhatTheirTagsSay() {
    assertThat(printed(NodesCommand.table(Catalog.of(MEMBERS))).lines().map(String::strip))
        .satisfiesExactly(
            line ->
                assertThat(line).matches("NAME +ADDR +STATUS +ROLES +PRODUCTS +SERVICES +PROBLEMS"),
            line -> assertThat(line).matches("bare +10.0.0.4 +alive +web:mysql +- +0 +0"),
            line -> assertThat(line).matches("lost +- +alive +- +- +0 +1"),
            line -> assertThat(line).matches("te\\\\nst3 +10.0.0.3 +left +- +- +1 +1"),
            line -> assertThat(line).matches("test2 +10.0.0.2 +failed +- +- +1 +0"),
            line -> assertThat(line).matches("test10 +10.0.0.10 +alive +- +- +2 +0"));
  }

  @Test
  void printsNodesAsJsonWithTheirProblems() {
    Member member = member("n", 3, MemberStatus.ALIVE, "svc", "product1/web:80,product1/x:y");
    assertThat(printed(NodesCommand.json(Catalog.of(List.of(member)))))
        .startsWith(
            """
            [
                {
                    "name": "n",
                    "addr": "10.0.0.3",
                    "status": "alive",
                    "roles": [],
                    "products": [],
                    "services": ["product1/web:80"],
                    "problems": [
                        {
                            "tag": "svc",
                            "value": "product1/x:y",
            """)
        .endsWith(
            """
                        }
                    ]
                }
            ]
            """);
  }

  private static Member member(
      String name, int host, MemberStatus status, String tag, String value) {
    return new Member(
        name, address(host), 7946, Map.of(tag, value), status, ProtocolVersions.UNKNOWN);
  }

  private static @Nullable InetAddress address(int host) {
    try {
      return host == 0 ? null : InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String printed(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes);
    table.print(output);
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String printed(Json json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes);
    json.print(output);
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
