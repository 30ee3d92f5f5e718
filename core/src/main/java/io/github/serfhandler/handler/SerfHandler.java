package io.github.serfhandler.handler;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a role does when something happens in the cluster. People extend it: member events are
 * handled by overriding, user events and queries by registering a method or a lambda, as a rule in
 * the constructor:
 *
 * <pre>{@code
 * final class WebHandler extends SerfHandler {
 *   WebHandler() {
 *     onEvent("deploy", this::deploy);
 *     onQuery("load", query -> Payload.ofText("0.42"));
 *   }
 *
 *   private void deploy(UserEvent event) throws IOException { ... }
 *
 *   @Override
 *   public void memberJoin(MemberEvent event) { ... }
 * }
 * }</pre>
 *
 * <p>What was not registered can not be called: a name from the network is looked up among those
 * registered, and nothing else is ever done with it.
 *
 * <p><b>What is promised.</b>
 *
 * <ul>
 *   <li><b>Threads:</b> one call at a time for each handler object, not always on the same thread;
 *       other handlers run at the same time. What one call wrote, the next one sees.
 *   <li><b>Forked by Serf</b> ({@code event}): a process and so a new object for each event, as
 *       often and in the order in which Serf forks. Serf coalesces member events for one to three
 *       seconds, so that a failure and return within that time show nothing, and it tells an update
 *       again with each later batch.
 *   <li><b>Resident</b> ({@code agent}): the object lives as long as the process. User events and
 *       queries come in the order in which the agent delivers them, which need not be that in which
 *       they were sent; each at most once to each handler, except that a restart of serf-handler
 *       forgets which ones it has seen. Some can be missed: while serf-handler or the agent is
 *       down, while the connection between them is, and when more wait for a handler than its queue
 *       holds (the oldest are dropped). Each loss is counted and logged. Member events are the
 *       difference between what this handler was told last and what is: each change that lasts is
 *       told, once; what cancels itself out in between (a failure and return, a leave and join
 *       while the handler was busy or the agent was away) is not told at all. After a start of
 *       serf-handler all members alive are told as joined, in one event. Between member events on
 *       one side and user events and queries on the other there is no order.
 *   <li><b>Failures:</b> an exception is logged and counted, the next handler runs, and nothing is
 *       called again because of it.
 *   <li><b>Time:</b> a call that takes longer than {@code handlers.timeout} is interrupted; a
 *       handler that does not react to that keeps its own queue waiting and no other.
 * </ul>
 */
public class SerfHandler implements Handler {
  private final Map<String, EventMethod> events = new ConcurrentHashMap<>();
  private final Map<String, QueryMethod> queries = new ConcurrentHashMap<>();
  private volatile @Nullable LocalNode node;

  /** A handler of nothing. */
  protected SerfHandler() {}

  /** Members joined, in the state after it. */
  public void memberJoin(MemberEvent event) throws Exception {}

  /** Members left on purpose. */
  public void memberLeave(MemberEvent event) throws Exception {}

  /** Members do not answer any more. */
  public void memberFailed(MemberEvent event) throws Exception {}

  /** The tags or addresses of members changed. */
  public void memberUpdate(MemberEvent event) throws Exception {}

  /** The agent forgot members, a day after they failed or left as a rule. */
  public void memberReap(MemberEvent event) throws Exception {}

  /**
   * From now on {@code method} handles user events of that name. To be called in the constructor:
   * events that came before, and wait, are passed over.
   *
   * @throws IllegalArgumentException where the name is handled already
   */
  protected final void onEvent(String name, EventMethod method) {
    if (events.putIfAbsent(name, method) != null) {
      throw new IllegalArgumentException(name() + " handles the user event " + name + " already");
    }
  }

  /**
   * From now on {@code method} answers queries of that name.
   *
   * @throws IllegalArgumentException where the name is handled already
   */
  protected final void onQuery(String name, QueryMethod method) {
    if (queries.putIfAbsent(name, method) != null) {
      throw new IllegalArgumentException(name() + " handles the query " + name + " already");
    }
  }

  /**
   * The node that this runs on.
   *
   * @throws IllegalStateException before the first event, as in a constructor
   */
  protected final LocalNode node() {
    LocalNode known = node;
    if (known == null) {
      throw new IllegalStateException(
          name() + " asks for its node before its first event; ask in the method that handles it");
    }
    return known;
  }

  /** Writes a line to the log of serf-handler, at INFO. */
  protected final void log(String text) {
    node().log(System.Logger.Level.INFO, name() + ": " + text);
  }

  /**
   * A payload that is JSON.
   *
   * @throws HandlerException where it is not: says where and why, and quotes nothing of it
   */
  protected static JsonValue json(Payload payload) {
    try {
      return JsonValue.parse(payload.bytes());
    } catch (JsonException e) {
      throw new HandlerException("the payload is not JSON: " + e.getMessage(), e);
    }
  }

  /** A payload that is this JSON, on one line. */
  protected static Payload payload(JsonValue value) {
    return Payload.ofText(value.compact());
  }

  /** The simple name of the class; of a class without one, its full name. */
  @Override
  public String name() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? getClass().getName() : name;
  }

  /** Whether {@link #onEvent} or {@link #onQuery} was called for it by the time that it came. */
  @Override
  public boolean wants(SerfEvent event) {
    if (event instanceof UserEvent user) {
      return events.containsKey(user.name());
    }
    return !(event instanceof QueryEvent query) || queries.containsKey(query.name());
  }

  @Override
  public final Reaction handle(SerfEvent event, LocalNode where) throws Exception {
    node = where;
    if (event instanceof MemberEvent members) {
      return handleMembers(members);
    }
    if (event instanceof UserEvent user) {
      EventMethod method = events.get(user.name());
      if (method == null) {
        return Reaction.NOT_HANDLED;
      }
      method.handle(user);
      return Reaction.HANDLED;
    }
    if (event instanceof QueryEvent query) {
      QueryMethod method = queries.get(query.name());
      if (method == null) {
        return Reaction.NOT_HANDLED;
      }
      Payload answer = method.answer(query);
      return answer == null ? Reaction.HANDLED : Reaction.answer(answer);
    }
    return Reaction.NOT_HANDLED;
  }

  private Reaction handleMembers(MemberEvent event) throws Exception {
    switch (event.type()) {
      case JOIN -> {
        if (isInherited("memberJoin")) {
          return Reaction.NOT_HANDLED;
        }
        memberJoin(event);
      }
      case LEAVE -> {
        if (isInherited("memberLeave")) {
          return Reaction.NOT_HANDLED;
        }
        memberLeave(event);
      }
      case FAILED -> {
        if (isInherited("memberFailed")) {
          return Reaction.NOT_HANDLED;
        }
        memberFailed(event);
      }
      case UPDATE -> {
        if (isInherited("memberUpdate")) {
          return Reaction.NOT_HANDLED;
        }
        memberUpdate(event);
      }
      case REAP -> {
        if (isInherited("memberReap")) {
          return Reaction.NOT_HANDLED;
        }
        memberReap(event);
      }
    }
    return Reaction.HANDLED;
  }

  /** Whether the method is the empty one of this class. The name is always one of this source. */
  private boolean isInherited(String method) throws NoSuchMethodException {
    return getClass().getMethod(method, MemberEvent.class).getDeclaringClass() == SerfHandler.class;
  }
}
