package io.github.serfhandler.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Immutable: a question to the cluster. */
public final class QueryRequest {
  private final String name;
  private final Payload payload;
  private final List<String> filterNodes;
  private final Map<String, String> filterTags;
  private final Duration timeout;
  private final int relayFactor;
  private final boolean requestAck;
  private final QueryEnd end;
  private final Optional<Set<String>> expected;

  private QueryRequest(Builder from) {
    name = from.name;
    payload = from.payload;
    filterNodes = List.copyOf(from.filterNodes);
    filterTags = Map.copyOf(from.filterTags);
    timeout = from.timeout;
    relayFactor = from.relayFactor;
    end = from.end;
    requestAck = from.requestAck || end == QueryEnd.ACKS;
    expected = from.expected;
  }

  /** A query to all nodes without a payload: {@link Builder} tells the defaults. */
  public static QueryRequest of(String name) {
    return builder(name).build();
  }

  /** A query of this name, not empty. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  public String name() {
    return name;
  }

  public Payload payload() {
    return payload;
  }

  /** Names of the nodes that shall answer; none means all. */
  public List<String> filterNodes() {
    return filterNodes;
  }

  /** Expressions by tag name that the answering nodes match. */
  public Map<String, String> filterTags() {
    return filterTags;
  }

  /** Zero: the agent's own. */
  public Duration timeout() {
    return timeout;
  }

  public int relayFactor() {
    return relayFactor;
  }

  public boolean requestAck() {
    return requestAck;
  }

  public QueryEnd end() {
    return end;
  }

  /** Who is waited for; empty: the nodes that are alive and match the filters at the start. */
  public Optional<Set<String>> expected() {
    return expected;
  }

  /** Confined to one thread. */
  public static final class Builder {
    private final String name;
    private Payload payload = Payload.EMPTY;
    private List<String> filterNodes = List.of();
    private final Map<String, String> filterTags = new HashMap<>();
    private Duration timeout = Duration.ZERO;
    private int relayFactor;
    private boolean requestAck;
    private QueryEnd end = QueryEnd.ANSWERS;
    private Optional<Set<String>> expected = Optional.empty();

    private Builder(String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a query's name must not be empty");
      }
      this.name = name;
    }

    /** Default empty; some 900 bytes less the names fit at Serf's defaults. */
    @CanIgnoreReturnValue
    public Builder payload(Payload payload) {
      this.payload = payload;
      return this;
    }

    /** Only nodes of these names shall answer; default all. Each name takes room in the query. */
    @CanIgnoreReturnValue
    public Builder filterNodes(Collection<String> names) {
      this.filterNodes = List.copyOf(names);
      return this;
    }

    /**
     * Only nodes shall answer whose tag matches; several conditions must hold together. Unlike in a
     * {@link MemberFilter} the expression is not anchored: {@code web} matches {@code webapp}.
     */
    @CanIgnoreReturnValue
    public Builder filterTag(String tag, String regex) {
      Regexes.grouped("tag " + tag, regex);
      filterTags.put(tag, regex);
      return this;
    }

    /** Default zero: the agent's own, 3.2 s up to 9 nodes, 6.4 s to 99, 9.6 s to 999. */
    @CanIgnoreReturnValue
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("timeout must be zero to a day but is " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /** Through how many other nodes an answer is sent once more, 0 to 255; default 0. */
    @CanIgnoreReturnValue
    public Builder relayFactor(int nodes) {
      if (nodes < 0 || nodes > 255) {
        throw new IllegalArgumentException("relayFactor must be 0 to 255 but is " + nodes);
      }
      this.relayFactor = nodes;
      return this;
    }

    /**
     * Whether each node that matches tells that it received the query, which is not that anything
     * there handles it; default false.
     */
    @CanIgnoreReturnValue
    public Builder requestAck(boolean requestAck) {
      this.requestAck = requestAck;
      return this;
    }

    /** Default {@link QueryEnd#ANSWERS}. */
    @CanIgnoreReturnValue
    public Builder end(QueryEnd end) {
      this.end = end;
      return this;
    }

    /** Waits for these nodes rather than for all that are alive and match the filters. */
    @CanIgnoreReturnValue
    public Builder expect(Collection<String> nodes) {
      this.expected = Optional.of(Set.copyOf(nodes));
      return this;
    }

    public QueryRequest build() {
      return new QueryRequest(this);
    }
  }
}
