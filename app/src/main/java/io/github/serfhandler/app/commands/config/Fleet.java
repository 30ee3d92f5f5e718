package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.NaturalOrder;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberFilter;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.QueryResult;
import io.github.serfhandler.client.QueryStream;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.config.ConfigEvent;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.replica.StatusQuestion;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes that an agent sees, as they were when this was made, and what they tell of their
 * configuration. Confined to one thread.
 */
public final class Fleet {
  /** The tag of a node that serves its configuration to its peers. */
  static final String PEER_TAG = "config_peer";

  private final SerfClient client;
  private final AgentStats self;
  private final Catalog catalog;

  /** Asks the agent for its own name and for the members. */
  public Fleet(SerfClient client) {
    this.client = client;
    this.self = client.stats();
    this.catalog = Catalog.of(client.members());
  }

  /** The name of the agent's own node. */
  public String self() {
    return self.agentName();
  }

  /** Whether the agent's own node serves its configuration to its peers. */
  public boolean servesPeers() {
    return self.tags().containsKey(PEER_TAG);
  }

  /** The alive nodes by product that they belong to by their tags, in the order of their names. */
  SortedMap<String, SortedSet<String>> byProduct() {
    SortedMap<String, SortedSet<String>> byProduct = new TreeMap<>();
    for (Node node : catalog.nodes()) {
      if (node.status() == MemberStatus.ALIVE) {
        for (String product : node.products()) {
          byProduct
              .computeIfAbsent(product, name -> new TreeSet<>(NaturalOrder.INSTANCE))
              .add(node.name());
        }
      }
    }
    return byProduct;
  }

  /** The alive nodes that belong to a product by their tags, in the order of their names. */
  public SortedSet<String> of(String product) {
    SortedSet<String> nodes = byProduct().get(product);
    return nodes == null ? new TreeSet<>(NaturalOrder.INSTANCE) : nodes;
  }

  /** Whether a node of that name is alive. */
  boolean isAlive(String node) {
    return catalog.node(node).map(Node::status).orElse(MemberStatus.NONE) == MemberStatus.ALIVE;
  }

  /** The alive nodes of which a part of each tag matches its expression; the agent judges. */
  SortedSet<String> matching(Map<String, String> tags) {
    MemberFilter filter = MemberFilter.alive();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      filter = filter.tag(tag.getKey(), "(?s:.*)(?:" + tag.getValue() + ")(?s:.*)");
    }
    SortedSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    for (Member member : client.members(filter)) {
      names.add(member.name());
    }
    return names;
  }

  /**
   * Asks all nodes for their status, until those that are expected have answered or the time is
   * over.
   *
   * @param timeout zero: the agent's own
   */
  Answers ask(
      StatusQuestion question, Collection<String> expected, Duration timeout, Progress progress) {
    return ask(question, expected, List.of(), timeout, progress);
  }

  /**
   * The newest revision of a key that some nodes tell; empty where they tell none.
   *
   * @param nodes who is asked, and nobody else
   * @param timeout zero: the agent's own
   */
  public Optional<ShortRevision> newest(KeyName name, Collection<String> nodes, Duration timeout) {
    StatusQuestion question = StatusQuestion.of(name.product(), name.key());
    Answers answers = ask(question, nodes, List.copyOf(nodes), timeout, Progress.NONE);
    return NextVersion.of(name, Optional.empty(), answers).newest();
  }

  private Answers ask(
      StatusQuestion question,
      Collection<String> expected,
      List<String> only,
      Duration timeout,
      Progress progress) {
    SortedMap<String, StatusAnswer> told = new TreeMap<>(NaturalOrder.INSTANCE);
    SortedMap<String, String> unclear = new TreeMap<>(NaturalOrder.INSTANCE);
    SortedSet<String> silent = new TreeSet<>(NaturalOrder.INSTANCE);
    silent.addAll(expected);
    if (expected.isEmpty()) {
      return new Answers(told, unclear, silent);
    }
    QueryRequest request =
        QueryRequest.builder(ConfigEvent.STATUS.wireName())
            .payload(Payload.of(question.payload()))
            .timeout(timeout)
            .filterNodes(only)
            .expect(expected)
            .build();
    try (QueryStream answers = client.query(request)) {
      progress.show(0, expected.size());
      QueryResult result = answers.next();
      while (!(result instanceof QueryResult.Done)) {
        if (result instanceof QueryResult.Answer answer) {
          silent.remove(answer.from());
          try {
            told.put(answer.from(), StatusAnswer.parse(answer.payload().bytes()));
          } catch (RejectedException e) {
            unclear.put(answer.from(), NodeResult.firstLine(answer.payload()));
          }
          progress.show(expected.size() - silent.size(), expected.size());
        }
        result = answers.next();
      }
    } finally {
      progress.end();
    }
    return new Answers(told, unclear, silent);
  }
}
