package io.github.serfhandler.oneshot;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.oneshot.StandardInput.Content;
import io.github.serfhandler.oneshot.StandardInput.End;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable: an event as Serf hands it to a process that it forks, read from the environment and
 * standard input ({@code invokeEventScript} in {@code invoke.go}, 0.9.4).
 *
 * <p>What the form can not tell:
 *
 * <ul>
 *   <li>Serf adds a line end to a payload that has none, so that {@code "a"} and {@code "a\n"} come
 *       as the same bytes. One line end is taken off again, never more: a payload that ended with
 *       one has lost it. An empty payload is empty.
 *   <li>Names of tags come in upper case, with {@code _} for every other character, see {@link
 *       Self#tag}.
 *   <li>Members come without port, status and versions, and with ambiguous tags: their status is
 *       the one that the event leaves them in ({@code none} for a reap).
 *   <li>A user event is taken for one that is not coalesced, a query has the number 0.
 * </ul>
 *
 * @param event what happened; an {@link UnknownEvent} for a kind that this version does not know
 * @param self the node that Serf runs on; its name is empty where the environment has none
 * @param notes what was odd, a line each
 */
public record ForkedEvent(SerfEvent event, Self self, List<String> notes) {
  /** The longest payload, in bytes; Serf sends 9 KiB at most. */
  public static final int MAX_PAYLOAD = 64 * 1024;

  /** The longest list of members, in bytes; some 10,000 of them. */
  public static final int MAX_MEMBERS = 4 * 1024 * 1024;

  /** Standard input is closed by Serf at once; nobody waits longer for anyone else. */
  public static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final String TAG = "SERF_TAG_";

  public ForkedEvent {
    notes = List.copyOf(notes);
  }

  /**
   * Reads it. Whatever stands there, nothing else than these is thrown.
   *
   * @param environment all variables of the process
   * @param input standard input; read to its end, to a limit, or until the deadline
   * @param deadline how long to wait for the end of {@code input}
   * @throws NoEventException where {@code SERF_EVENT} is not set, a user event or query has no
   *     name, or a payload is longer than {@link #MAX_PAYLOAD}
   * @throws InterruptedException where the thread was interrupted while it waited
   */
  public static ForkedEvent read(
      Map<String, String> environment, InputStream input, Duration deadline)
      throws NoEventException, InterruptedException {
    String word = environment.getOrDefault("SERF_EVENT", "");
    if (word.isEmpty()) {
      throw new NoEventException(
          "SERF_EVENT is not set: Serf sets it when it runs this for an event; name this command"
              + " in the agent's event_handlers, or set the variables by hand");
    }
    List<String> notes = new ArrayList<>();
    Self self = self(environment, notes);
    return new ForkedEvent(event(word, environment, input, deadline, notes), self, notes);
  }

  private static SerfEvent event(
      String word,
      Map<String, String> environment,
      InputStream input,
      Duration deadline,
      List<String> notes)
      throws NoEventException, InterruptedException {
    if (word.equals("user")) {
      String name = required(environment, "SERF_USER_EVENT", word);
      long ltime = ltime(environment, "SERF_USER_LTIME", notes);
      return new UserEvent(ltime, name, payload(input, deadline, notes), false);
    }
    if (word.equals("query")) {
      String name = required(environment, "SERF_QUERY_NAME", word);
      long ltime = ltime(environment, "SERF_QUERY_LTIME", notes);
      return new QueryEvent(0, 0, ltime, name, payload(input, deadline, notes));
    }
    MemberEvent.Type type = MemberEvent.Type.ofWord(word);
    return type == null
        ? new UnknownEvent(word)
        : new MemberEvent(type, members(type, input, deadline, notes));
  }

  private static String required(Map<String, String> environment, String variable, String word)
      throws NoEventException {
    String name = environment.get(variable);
    if (name == null) {
      throw new NoEventException(
          "SERF_EVENT is " + word + ", but " + variable + " is not set; set it to the name");
    }
    return name;
  }

  /** An unsigned number; 0 where there is none. */
  private static long ltime(Map<String, String> environment, String variable, List<String> notes) {
    String text = environment.getOrDefault(variable, "");
    try {
      return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      notes.add(variable + " is no number and counts as 0");
      return 0;
    }
  }

  private static Payload payload(InputStream input, Duration deadline, List<String> notes)
      throws NoEventException, InterruptedException {
    Content content = StandardInput.read(input, MAX_PAYLOAD + 1, deadline);
    byte[] bytes = content.bytes();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    if (content.end() == End.TOO_LONG || length > MAX_PAYLOAD) {
      throw new NoEventException(
          "the payload on standard input is longer than "
              + MAX_PAYLOAD
              + " bytes, which Serf never sends; send less");
    }
    noteLate(content, deadline, notes);
    return Payload.of(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  private static List<Member> members(
      MemberEvent.Type type, InputStream input, Duration deadline, List<String> notes)
      throws InterruptedException {
    Content content = StandardInput.read(input, MAX_MEMBERS, deadline);
    noteLate(content, deadline, notes);
    if (content.end() == End.TOO_LONG) {
      notes.add("standard input is longer than " + MAX_MEMBERS + " bytes; the rest is left out");
    }
    boolean whole = content.end() == End.WHOLE;
    return MemberLines.read(content.bytes(), whole, statusAfter(type), notes);
  }

  private static void noteLate(Content content, Duration deadline, List<String> notes) {
    if (content.end() == End.TOO_LATE) {
      notes.add(
          "standard input was not closed within "
              + deadline.toMillis()
              + " ms; going on with the "
              + content.bytes().length
              + " bytes that came; by hand, end it with </dev/null or ctrl-d");
    }
  }

  private static MemberStatus statusAfter(MemberEvent.Type type) {
    return switch (type) {
      case JOIN, UPDATE -> MemberStatus.ALIVE;
      case LEAVE -> MemberStatus.LEFT;
      case FAILED -> MemberStatus.FAILED;
      case REAP -> MemberStatus.NONE;
    };
  }

  private static Self self(Map<String, String> environment, List<String> notes) {
    Map<String, String> tags = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(TAG)) {
        tags.put(variable.getKey().substring(TAG.length()), variable.getValue());
      }
    }
    String role = environment.getOrDefault("SERF_SELF_ROLE", "");
    if (!role.isEmpty()) {
      // It is the tag role and no other; SERF_TAG_ROLE may be that of a tag ROLE or Role.
      tags.put("role", role);
    }
    String name = environment.getOrDefault("SERF_SELF_NAME", "");
    if (name.isEmpty()) {
      notes.add("SERF_SELF_NAME is not set; the node's name is not known");
    }
    return Self.of(name, tags);
  }

  @Override
  public String toString() {
    return event + " on " + self;
  }
}
