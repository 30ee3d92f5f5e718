package io.github.serfhandler.client;

import io.github.serfhandler.client.internal.Body;
import io.github.serfhandler.client.internal.Command;
import io.github.serfhandler.client.internal.CommandLane;
import io.github.serfhandler.client.internal.Failures;
import io.github.serfhandler.client.internal.KeyCommands;
import io.github.serfhandler.client.internal.MemberDecoder;
import io.github.serfhandler.client.internal.QueryReader;
import io.github.serfhandler.client.internal.QueryStarts;
import io.github.serfhandler.client.internal.ReplyDecoders;
import io.github.serfhandler.client.internal.Request;
import io.github.serfhandler.client.internal.Requests;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Serf agent, seen through its RPC (version 1; Serf 0.8 to 0.10). Thread-safe.
 *
 * <p><b>Threads.</b> A command runs on the thread that calls it: it writes the request and reads
 * the reply. Commands that may take seconds (join, leave, force-leave, tags, keys) share one kept
 * connection, all others another, so that a slow join never holds up {@link #members()}. On one
 * connection commands run one after the other. Streams have a connection and a daemon thread each,
 * queries a connection each.
 *
 * <p><b>Time.</b> Every command ends within {@link SerfClientOptions#commandTimeout} (for some
 * commands longer, see there), the wait for other commands included. An interrupted thread leaves a
 * command within some 100 ms, during a TCP connect within the connect timeout; its interrupt flag
 * stays set. The look-up of a host's name is the resolver's and has its own time.
 *
 * <p><b>Lost connections.</b> A command that fails closes its connection, unless it was the agent
 * that refused; the next command connects again. Kept connections die unseen when an agent
 * restarts: a command that changes nothing (members, stats, list-keys, coordinate) is then sent
 * once more over a new connection, if not one byte of its reply had come; before any other command
 * the connection is probed, so that it is written to a live one as a rule, and never twice. Nothing
 * else is retried; {@link SerfException#retrySafe} tells whether the caller may.
 *
 * <p><b>Errors.</b> Every command may throw {@link SerfConnectionException}, {@link
 * SerfTimeoutException}, {@link SerfAuthException}, {@link SerfProtocolException}, {@link
 * SerfInterruptedException}, {@link SerfClosedException} and, where the agent refuses, {@link
 * SerfCommandException}; and {@link IllegalArgumentException} before anything is sent, also for a
 * request over 64 KiB.
 */
public final class SerfClient implements AutoCloseable {
  private final SerfClientOptions options;
  private final CommandLane quick;
  private final CommandLane slow;
  private final QueryStarts queryStarts = new QueryStarts();
  private final KeyCommands keys;
  private final Map<Object, Runnable> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private SerfClient(SerfClientOptions options) {
    this.options = options;
    this.quick = new CommandLane(options);
    this.slow = new CommandLane(options);
    this.keys = new KeyCommands(options, slow, queryStarts);
  }

  /** A client that connects at its first command; never fails. */
  public static SerfClient open(SerfClientOptions options) {
    return new SerfClient(options);
  }

  /**
   * A client that is connected: the agent is there and takes the auth key, if one is given. That
   * one is missing shows at the first command.
   */
  public static SerfClient connect(SerfClientOptions options) {
    SerfClient client = new SerfClient(options);
    client.quick.connect();
    return client;
  }

  public SerfClientOptions options() {
    return options;
  }

  /** All members that the agent knows, failed and left ones too, in no particular order. */
  public List<Member> members() {
    return quick.execute(
        Request.of(Command.MEMBERS, Body.NONE, options.commandTimeout(), MemberDecoder::reply));
  }

  /**
   * The members that match.
   *
   * @throws SerfConnectionException also where the agent can not compile an expression
   */
  public List<Member> members(MemberFilter filter) {
    Map<String, String> tags = new TreeMap<>(filter.tags());
    tags.replaceAll((tag, regex) -> Regexes.grouped(tag, regex));
    String name = filter.name().isEmpty() ? "" : Regexes.grouped("the name", filter.name());
    return filtered(tags, filter.statuses(), name);
  }

  private List<Member> filtered(Map<String, String> tags, Set<MemberStatus> statuses, String name) {
    return quick.execute(
        Request.of(
            Command.MEMBERS_FILTERED,
            Requests.members(tags, statuses, name),
            options.commandTimeout(),
            MemberDecoder::reply));
  }

  /** What the agent tells of itself; cheap, whatever the size of the cluster. */
  public AgentStats stats() {
    return quick.execute(
        Request.of(Command.STATS, Body.NONE, options.commandTimeout(), ReplyDecoders::stats));
  }

  /** A node's coordinate; empty where the agent knows none. */
  public Optional<Coordinate> coordinate(String node) {
    return quick.execute(
        Request.of(
            Command.GET_COORDINATE,
            Requests.node(notEmpty("node", node)),
            options.commandTimeout(),
            ReplyDecoders::coordinate));
  }

  /** As {@link #event(String, Payload, boolean)} without coalescing. */
  public void event(String name, Payload payload) {
    event(name, payload, false);
  }

  /**
   * Sends a user event to the whole cluster, this agent included. Not repeatable. At Serf's
   * defaults name and payload may have some 476 bytes together; gossip carries some 10 such events
   * a second.
   *
   * @param coalesce whether of several events of this name within seconds, whatever their payloads,
   *     nodes may deliver the newest alone; {@code serf event} does so by default
   * @throws SerfCommandException of {@link SerfCommandException.Reason#TOO_LARGE}, as a rule
   */
  public void event(String name, Payload payload, boolean coalesce) {
    notEmpty("the event's name", name);
    run(quick, Command.EVENT, Requests.event(name, payload, coalesce));
  }

  /**
   * Makes a failed node count as left; the agent waits for the broadcast, up to 5 s. Not
   * repeatable. A node that does not exist is no error, one that is alive comes back by itself.
   *
   * @param prune whether to forget the node at once rather than after a day
   */
  public void forceLeave(String node, boolean prune) {
    run(slow, Command.FORCE_LEAVE, Requests.forceLeave(notEmpty("node", node), prune));
  }

  /**
   * Joins other agents; the agent tries one address after the other, up to 10 s each. Repeatable.
   *
   * @param addresses {@code host} or {@code host:port}, the gossip port, at least one
   * @param replay whether to receive user events from before the join
   * @return how many were joined; some may have failed, which only the agent's log tells
   * @throws SerfJoinException if none was joined
   */
  public int join(List<String> addresses, boolean replay) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("join needs at least one address");
    }
    addresses.forEach(address -> notEmpty("an address to join", address));
    Duration needed = Command.JOIN.timeout(Duration.ZERO).multipliedBy(addresses.size());
    Duration timeout =
        needed.compareTo(options.commandTimeout()) > 0 ? needed : options.commandTimeout();
    return slow.execute(Requests.join(List.copyOf(addresses), replay, timeout));
  }

  /**
   * Changes tags of this agent's node; the agent waits for the broadcast, up to 5 s. Repeatable.
   * Two programs that change tags of one agent at the same moment can undo each other's change. On
   * SIGHUP an agent forgets tags that were set this way.
   *
   * @throws SerfCommandException of {@link SerfCommandException.Reason#TOO_LARGE} if all tags of
   *     the node together would encode to more than 512 bytes
   */
  public void setTags(TagChange change) {
    run(slow, Command.TAGS, Requests.tags(change));
  }

  /** Makes the agent leave the cluster gracefully, then end, within seconds. Not repeatable. */
  public void leave() {
    run(slow, Command.LEAVE, Body.NONE);
  }

  /**
   * Puts an encryption key on the keyring of every node. Repeatable.
   *
   * @param key base64 of 16, 24 or 32 bytes
   * @throws SerfKeyException where it did not succeed on every node
   */
  public KeyResponse installKey(String key) {
    return keys.run(Command.INSTALL_KEY, key);
  }

  /** Makes every node encrypt with this key, which must be installed; as {@link #installKey}. */
  public KeyResponse useKey(String key) {
    return keys.run(Command.USE_KEY, key);
  }

  /** Takes this key from every keyring; it must not be in use; as {@link #installKey}. */
  public KeyResponse removeKey(String key) {
    return keys.run(Command.REMOVE_KEY, key);
  }

  /**
   * The keys on the keyrings of all nodes.
   *
   * @throws SerfKeyException where not every node answered, or gossip is not encrypted
   */
  public KeyResponse listKeys() {
    return keys.list();
  }

  /**
   * Asks the cluster. Unless the request tells who is expected, the members that are alive and
   * match its filters are looked up first. Not repeatable.
   *
   * <p>Starts of queries, and key commands as a whole, are done one after the other: an agent that
   * starts two at once can mix up their answers.
   *
   * @return the answers; close it
   */
  public QueryStream query(QueryRequest request) {
    Set<String> expected =
        request.end() == QueryEnd.TIMEOUT
            ? Set.of()
            : request.expected().orElseGet(() -> matching(request));
    Object ticket = new Object();
    QueryReader reader = new QueryReader(options, request, () -> open.remove(ticket));
    track(ticket, reader::close);
    reader.start(queryStarts);
    return new QueryStream(reader, request.end(), expected);
  }

  /**
   * Queries match anywhere in a tag, members-filtered the whole of it: hence what is put around.
   */
  private Set<String> matching(QueryRequest request) {
    Map<String, String> tags = new TreeMap<>(request.filterTags());
    tags.replaceAll((tag, regex) -> "(?s:.*)(?:" + regex + ")(?s:.*)");
    Set<String> names = new HashSet<>();
    for (Member member : filtered(tags, Set.of(MemberStatus.ALIVE), "")) {
      names.add(member.name());
    }
    if (!request.filterNodes().isEmpty()) {
      names.retainAll(Set.copyOf(request.filterNodes()));
    }
    return names;
  }

  /**
   * Opens a stream of events; read there why to open one and keep it.
   *
   * @return the stream; close it at the end of the program
   */
  public EventStream stream(EventFilter filter) {
    Object ticket = new Object();
    EventStream stream = new EventStream(options, filter, () -> open.remove(ticket));
    track(ticket, stream::close);
    stream.start();
    return stream;
  }

  /**
   * Opens the agent's log.
   *
   * @return the stream; close it
   */
  public LogStream monitor(LogLevel level) {
    Object ticket = new Object();
    LogStream stream = new LogStream(options, level, () -> open.remove(ticket));
    track(ticket, stream::close);
    stream.start();
    return stream;
  }

  private void run(CommandLane lane, Command command, Body body) {
    lane.execute(Request.plain(command, body, command.timeout(options.commandTimeout())));
  }

  /** Has close() close this, too. */
  private void track(Object ticket, Runnable close) {
    open.put(ticket, close);
    if (closed) {
      open.remove(ticket);
      throw Failures.closed("the client");
    }
  }

  /**
   * Closes all connections, also those of streams and queries that are still open; commands under
   * way end with {@link SerfClosedException}. Idempotent and bounded as the closing of a stream.
   */
  @Override
  public void close() {
    closed = true;
    quick.close();
    slow.close();
    open.values().forEach(Runnable::run);
  }

  private static String notEmpty(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    return value;
  }
}
