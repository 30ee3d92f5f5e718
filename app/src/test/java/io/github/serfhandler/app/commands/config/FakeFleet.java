package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigMessage;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Records;
import io.github.serfhandler.testkit.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fake agent whose nodes answer queries as they are told. Thread-safe. Its nodes are {@code
 * node1}, which is the agent's own, {@code node2} and {@code node10} of the product shop, and
 * {@code other}, which belongs to none.
 */
public final class FakeFleet implements AutoCloseable {
  private static final FakeMember NODE1 = FakeMember.named("node1").withTag("products", "shop");

  private final FakeAgent agent = FakeAgent.start();
  private final Map<String, Map<String, byte[]>> answers = new ConcurrentHashMap<>();

  public FakeFleet() {
    members(NODE1);
    agent.on(
        "query",
        x -> {
          x.reply();
          String name = String.valueOf(x.request().field("Name"));
          for (var answer : answers.getOrDefault(name, Map.of()).entrySet()) {
            x.reply(Records.response(answer.getKey(), answer.getValue()));
          }
          x.reply(Records.done());
        });
  }

  private void members(FakeMember self) {
    agent.members(
        self,
        FakeMember.named("node2").withTag("products", "shop:blog").withTag("role", "web"),
        FakeMember.named("node10").withTag("products", "shop"),
        FakeMember.named("gone").withTag("products", "shop").withStatus("failed"),
        FakeMember.named("other"));
  }

  /** The agent's own node serves its peers. */
  public FakeFleet servingPeers() {
    members(NODE1.withTag("config_peer", "10.0.0.1:7947"));
    return this;
  }

  public String option() {
    return "--rpc-addr=" + agent.rpcAddr();
  }

  /** From now on a node answers a query so. */
  FakeFleet answer(String query, String node, String text) {
    return answer(query, node, text.getBytes(StandardCharsets.UTF_8));
  }

  private FakeFleet answer(String query, String node, byte[] payload) {
    answers.computeIfAbsent(query, q -> new ConcurrentHashMap<>()).put(node, payload);
    return this;
  }

  /** From now on a node holds the key in this version. */
  public FakeFleet holds(String node, long version) {
    return key(
        node, new StatusAnswer.KeyStatus(version, false, "0123456789abcdef", "", Optional.empty()));
  }

  public FakeFleet key(String node, StatusAnswer.KeyStatus status) {
    return answer("config_status", node, StatusAnswer.ofKey(Optional.of(status)).payload());
  }

  /** From now on a node does not hold the key. */
  FakeFleet lacks(String node) {
    return answer("config_status", node, StatusAnswer.ofKey(Optional.empty()).payload());
  }

  FakeFleet products(String node, StatusAnswer.ProductStatus... status) {
    return answer("config_status", node, StatusAnswer.ofProducts(List.of(status)).payload());
  }

  FakeFleet status(String node, StatusAnswer answer) {
    return answer("config_status", node, answer.payload());
  }

  /** The one user event that was sent. */
  public Request event() {
    assertThat(agent.requests("event")).hasSize(1);
    return agent.requests("event").get(0);
  }

  /** The queries of that name that were sent. */
  public List<Request> queries(String name) {
    return agent.requests("query").stream()
        .filter(request -> name.equals(request.field("Name")))
        .toList();
  }

  /** Whether nothing but questions was sent. */
  public void assertNothingSent() {
    assertThat(agent.requests("event")).isEmpty();
    assertThat(agent.requests("query")).allMatch(q -> "config_status".equals(q.field("Name")));
  }

  /** What a request carries. */
  public static ConfigMessage message(Request request) {
    if (!(request.field("Payload") instanceof byte[] bytes)) {
      throw new AssertionError("no payload in " + request);
    }
    return ConfigMessage.parse(bytes);
  }

  @Override
  public void close() {
    agent.close();
  }
}
