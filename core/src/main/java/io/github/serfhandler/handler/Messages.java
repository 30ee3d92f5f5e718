package io.github.serfhandler.handler;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.config.ConfigEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: how events and what came of them are called, the same in both ways to run handlers.
 * Names of events and members come from the network as they are: whoever writes such a line to a
 * log makes it printable there.
 */
public final class Messages {
  private static final int MOST_NAMES = 5;
  private static final int MOST_NAME = 200;
  private static final int MOST_TEXT = 1000;

  private Messages() {}

  /** An event in words, as {@code member-join web2 (1 member)}, {@code user event deploy}. */
  public static String of(SerfEvent event) {
    if (event instanceof UserEvent user) {
      return "user event " + bounded(user.name());
    }
    if (event instanceof QueryEvent query) {
      return "query " + bounded(query.name());
    }
    if (event instanceof UnknownEvent unknown) {
      return bounded(unknown.event()) + ", an event that this version does not know";
    }
    return event instanceof MemberEvent members ? of(members) : "a gap between events";
  }

  /** A sender may make a name as long as it likes, and so would be its line in the log. */
  private static String bounded(String name) {
    if (name.length() <= MOST_NAME) {
      return name;
    }
    boolean pair = Character.isHighSurrogate(name.charAt(MOST_NAME - 1));
    return name.substring(0, pair ? MOST_NAME - 1 : MOST_NAME) + "...";
  }

  /**
   * Whether it is one of those by which nodes compare their configuration, every minute or so: that
   * such a one was handled is worth no line of its own.
   */
  public static boolean isRoutine(SerfEvent event) {
    if (event instanceof UserEvent user) {
      return user.name().equals(ConfigEvent.DIGEST.wireName());
    }
    return event instanceof QueryEvent query && query.name().equals(ConfigEvent.STATUS.wireName());
  }

  private static String of(MemberEvent event) {
    List<Member> members = event.members();
    StringBuilder text = new StringBuilder(event.type().word());
    for (int i = 0; i < members.size() && i < MOST_NAMES; i++) {
      text.append(i == 0 ? " " : ", ").append(bounded(members.get(i).name()));
    }
    if (members.size() > MOST_NAMES) {
      text.append(" and ").append(members.size() - MOST_NAMES).append(" more");
    }
    text.append(" (").append(members.size());
    return text.append(members.size() == 1 ? " member)" : " members)").toString();
  }

  /** That nothing is registered for these roles. */
  public static String noHandler(List<String> roles) {
    if (roles.isEmpty()) {
      return "no handler: this node has no role, and none is registered for the role "
          + SerfHandlerProxy.DEFAULT;
    }
    StringBuilder text = new StringBuilder("no handler for role ");
    for (int i = 0; i < roles.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(roles.get(i));
    }
    return text.toString();
  }

  /** That none of the handlers knows the event. */
  public static final String NOT_HANDLED = "event not handled";

  /**
   * What came of a call, as {@code WebHandler handled in 12 ms}, {@code WebHandler failed after 3
   * ms: IllegalStateException: no such file}.
   */
  public static String of(CallResult result) {
    StringBuilder text = new StringBuilder(result.handler());
    text.append(' ').append(result.outcome().words());
    boolean done = result.outcome() == Outcome.HANDLED || result.outcome() == Outcome.NOT_HANDLED;
    text.append(done ? " in " : " after ").append(of(result.duration()));
    Throwable failure = result.failure().orElse(null);
    // Of an interrupt the exception says nothing that its outcome does not.
    boolean told = failure instanceof HandlerException || result.outcome() == Outcome.FAILED;
    if (failure != null && told) {
      text.append(": ").append(of(failure));
    }
    return text.toString();
  }

  /**
   * Why a handler failed: the message alone of a {@link HandlerException}, which is meant to be
   * read, and the class before it of every other.
   */
  public static String of(Throwable failure) {
    String message = message(failure);
    if (failure instanceof HandlerException && message != null && !message.isBlank()) {
      return message;
    }
    String name = failure.getClass().getSimpleName();
    String kind = name.isEmpty() ? failure.getClass().getName() : name;
    return message == null || message.isBlank() ? kind : kind + ": " + message;
  }

  /** What it says of itself, at most 1000 characters. */
  private static @Nullable String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null || message.length() <= MOST_TEXT
          ? message
          : message.substring(0, MOST_TEXT) + "...";
    } catch (RuntimeException e) {
      // An exception of a user's own that fails in telling why; its class still says something.
      return null;
    }
  }

  /** A time in whole milliseconds, as {@code 12 ms}. */
  public static String of(Duration duration) {
    return duration.toMillis() + " ms";
  }

  /** What the asker gets where a handler failed and no other has an answer. */
  public static Payload failedAnswer(QueryEvent query, String node) {
    return Payload.ofText("error: " + query.name() + " failed on " + node + "; its log says why");
  }
}
