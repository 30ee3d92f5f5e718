package io.github.serfhandler.handlertest;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.AnswerLimit;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.CallResult;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.Outcome;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.oneshot.ForkedEvent;
import io.github.serfhandler.oneshot.NoEventException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node for the tests of handlers, without Serf. Confined to the test's thread, on which the
 * handlers run too, so that a debugger stops where one expects.
 *
 * <pre>{@code
 * TestNode node = TestNode.named("web1").role("web").confDir(temp).running(new FleetHandlers());
 *
 * assertThat(node.userEvent("deploy", "1.4.2").handledBy()).containsExactly("WebHandler");
 * assertThat(node.query("version", "").answerText()).isEqualTo("1.4.2");
 * }</pre>
 *
 * <p>What it does with an event is what serf-handler does: the roles select the handlers, {@code
 * default} comes last, the first answer counts, one that is too long becomes an error, a failure is
 * logged and the next handler runs. There are no time limits, no queues and no mass-loss guard.
 */
public final class TestNode {
  private static final int SERFS_ANSWER_LIMIT = 1024;

  private final SerfHandlerProxy proxy = new SerfHandlerProxy();
  private final FakeNode node;
  private long ltime;

  private TestNode(String name) {
    this.node = new FakeNode(name);
  }

  /** A node of that name without tags, in a cluster of its own. */
  public static TestNode named(String name) {
    return new TestNode(name);
  }

  /**
   * A member that is alive.
   *
   * @param addr an IP address
   * @param tags {@code NAME=VALUE} each, as {@code svc=shop/web:8080}
   */
  public static Member member(String name, String addr, String... tags) {
    return FakeNode.member(name, addr, MemberStatus.ALIVE, tags);
  }

  /** Sets what its tags name as its role: one or several with {@code :} between them. */
  public TestNode role(String value) {
    return tag("role", value);
  }

  /** Sets a tag. */
  public TestNode tag(String key, String value) {
    node.tag(key, value);
    return this;
  }

  /** Where its files are written; needed by handlers that write any. */
  public TestNode confDir(Path folder) {
    node.confDir(folder);
    return this;
  }

  /** Which products it observes. */
  public TestNode observes(String... products) {
    node.observes(List.of(products));
    return this;
  }

  /** Adds members to its cluster, without telling the handlers. */
  public TestNode knows(Member... members) {
    for (Member member : members) {
      node.put(member);
    }
    return this;
  }

  /** Registers what these providers offer. */
  public TestNode running(HandlerProvider... providers) {
    for (HandlerProvider provider : providers) {
      provider.register(proxy);
    }
    return this;
  }

  /** Registers a handler for a role. */
  public TestNode running(String role, Handler handler) {
    proxy.register(role, handler);
    return this;
  }

  /** Members join, or join again. */
  public Seen joins(Member... members) {
    return tell(MemberEvent.Type.JOIN, MemberStatus.ALIVE, members);
  }

  /** Members have other tags or addresses. */
  public Seen updates(Member... members) {
    return tell(MemberEvent.Type.UPDATE, MemberStatus.ALIVE, members);
  }

  /** Members leave on purpose. */
  public Seen leaves(Member... members) {
    return tell(MemberEvent.Type.LEAVE, MemberStatus.LEFT, members);
  }

  /** Members do not answer any more. */
  public Seen fails(Member... members) {
    return tell(MemberEvent.Type.FAILED, MemberStatus.FAILED, members);
  }

  /** Members are forgotten. */
  public Seen reaps(Member... members) {
    for (Member member : members) {
      node.remove(member.name());
    }
    return receives(new MemberEvent(MemberEvent.Type.REAP, List.of(members)));
  }

  /** A user event comes. */
  public Seen userEvent(String name, String payload) {
    return userEvent(name, Payload.ofText(payload));
  }

  /** A user event comes. */
  public Seen userEvent(String name, Payload payload) {
    return receives(new UserEvent(++ltime, name, payload, false));
  }

  /** A query comes. */
  public Seen query(String name, String payload) {
    return query(name, Payload.ofText(payload));
  }

  /** A query comes. */
  public Seen query(String name, Payload payload) {
    return receives(new QueryEvent(1, ++ltime, ltime, name, payload));
  }

  /**
   * An event comes as Serf hands it to a process that it forks. The node's name, roles and tags are
   * those of the environment for this event.
   *
   * @param environment the variables, as {@code SERF_EVENT}, {@code SERF_USER_EVENT}, {@code
   *     SERF_TAG_ROLE}; none of this process are added
   * @param stdin what stands on standard input: a payload, or lines of members
   * @throws IllegalArgumentException where that is no event
   */
  public Seen forkedWith(Map<String, String> environment, String stdin) {
    return forkedWith(environment, stdin.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #forkedWith(Map, String)}, for input that is no text. */
  public Seen forkedWith(Map<String, String> environment, byte[] stdin) {
    ForkedEvent forked;
    try {
      forked = ForkedEvent.read(environment, new ByteArrayInputStream(stdin), ForkedEvent.DEADLINE);
    } catch (NoEventException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the event", e);
    }
    int before = node.log().size();
    for (String note : forked.notes()) {
      node.log(System.Logger.Level.WARNING, note);
    }
    node.actsAs(forked.self());
    try {
      return receives(forked.event(), before);
    } finally {
      node.actsAs(null);
    }
  }

  /** Any event comes, as it is. */
  public Seen receives(SerfEvent event) {
    return receives(event, node.log().size());
  }

  private Seen receives(SerfEvent event, int before) {
    Self self = node.self();
    List<Handler> handlers = proxy.handlersFor(self.roles());
    List<CallResult> calls = new ArrayList<>();
    boolean toldFailure = false;
    for (Handler handler : handlers) {
      CallResult result = Call.of(handler, event, node);
      calls.add(result);
      if (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.TIMED_OUT) {
        toldFailure |= Call.tellsAskers(handler);
        node.log(System.Logger.Level.WARNING, Messages.of(result));
      }
    }
    if (handlers.isEmpty()) {
      node.log(System.Logger.Level.INFO, Messages.noHandler(self.roles()));
    } else if (calls.stream().allMatch(call -> call.outcome() == Outcome.NOT_HANDLED)) {
      node.log(System.Logger.Level.INFO, Messages.NOT_HANDLED);
    }
    Payload answer = event instanceof QueryEvent query ? answer(query, calls, toldFailure) : null;
    List<String> log = node.log();
    return new Seen(calls, Optional.ofNullable(answer), log.subList(before, log.size()));
  }

  private @Nullable Payload answer(QueryEvent query, List<CallResult> calls, boolean toldFailure) {
    Payload answer = null;
    for (CallResult call : calls) {
      // An empty answer is none: Serf can not tell them apart.
      if (answer == null && call.answer().isPresent() && !call.answer().get().isEmpty()) {
        answer = call.answer().get();
      }
    }
    String self = node.self().name();
    if (answer == null && toldFailure) {
      answer = Messages.failedAnswer(query, self);
    }
    return answer == null
        ? null
        : new AnswerLimit(SERFS_ANSWER_LIMIT, self)
            .fit(answer, text -> node.log(System.Logger.Level.WARNING, text));
  }

  private Seen tell(MemberEvent.Type type, MemberStatus status, Member... members) {
    List<Member> told = new ArrayList<>();
    for (Member member : members) {
      Member now =
          new Member(
              member.name(),
              member.addr(),
              member.port(),
              member.tags(),
              status,
              member.protocol());
      node.put(now);
      told.add(now);
    }
    return receives(new MemberEvent(type, told));
  }
}
