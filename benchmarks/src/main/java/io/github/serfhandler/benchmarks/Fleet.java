package io.github.serfhandler.benchmarks;

import io.github.serfhandler.testkit.FakeAgent;
import io.github.serfhandler.testkit.FakeMember;
import io.github.serfhandler.testkit.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Members of a made-up fleet, each with two services, and a fake agent that tells of them. A real
 * agent can not have 10,000 members on one machine. The answer is encoded once, so that what is
 * measured is the program and not the fake.
 */
public final class Fleet {
  /** All products, as {@code --products} takes them. */
  static final String PRODUCTS =
      "product0,product1,product2,product3,product4,product5,product6,product7,product8,product9";

  private Fleet() {}

  public static FakeAgent agent(int size) {
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      members.add(member(i).toMap());
    }
    byte[] body = Wire.encode(Wire.map("Members", members));
    FakeAgent agent = FakeAgent.start();
    agent.memberMaps(members);
    Map<String, @Nullable Object> stats = stats(size, 1);
    agent.on("stats", x -> x.reply(stats));
    agent.on(
        "members", x -> x.raw(Wire.concat(x.encode(Wire.header(x.request().seq(), "")), body)));
    return agent;
  }

  public static FakeMember member(int i) {
    return FakeMember.named("node" + i)
        .withAddr("10." + (i >> 16) + "." + ((i >> 8) & 255) + "." + (i & 255))
        .withTags(tags(i));
  }

  /** Ten products; each node runs two services of one of them. */
  static Map<String, String> tags(int i) {
    String product = "product" + i % 10;
    return Map.of(
        "role",
        "web",
        "products",
        product,
        product + ".service_type",
        "web",
        product + ".web.service_port",
        "8080",
        "svc",
        product + "/public:80");
  }

  /** What the agent tells of itself, at this Lamport time of joins and leaves. */
  static Map<String, @Nullable Object> stats(int size, int memberTime) {
    return Wire.map(
        "agent",
        Wire.map("name", "node0"),
        "runtime",
        Wire.map("os", "linux", "arch", "amd64"),
        "serf",
        Wire.map(
            "members", String.valueOf(size),
            "failed", "0",
            "left", "0",
            "health_score", "0",
            "member_time", String.valueOf(memberTime),
            "event_time", "1",
            "query_time", "1",
            "intent_queue", "0",
            "event_queue", "0",
            "query_queue", "0",
            "encrypted", "false"),
        "tags",
        Wire.map("role", "web"),
        "event_handlers",
        Wire.map());
  }
}
