package io.github.serfhandler.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: something happened to members. A hint rather than the truth: Serf collects member
 * events for one to three seconds, a failure and a return within that time show nothing at all, and
 * an update is told again with each later batch. Read {@link SerfClient#members()} to know.
 *
 * @param type what happened
 * @param members to whom, in the state after it; not empty from a real agent
 */
public record MemberEvent(Type type, List<Member> members) implements SerfEvent {

  public MemberEvent {
    members = List.copyOf(members);
  }

  /** Immutable: what can happen to a member. */
  public enum Type {
    JOIN("member-join"),
    /** It left on purpose. */
    LEAVE("member-leave"),
    /** It does not answer any more. */
    FAILED("member-failed"),
    /** Its tags changed. */
    UPDATE("member-update"),
    /** The agent forgot it, a day after it failed or left as a rule. */
    REAP("member-reap");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** Serf's own word, as {@code member-join}. */
    public String word() {
      return word;
    }

    /** The type for Serf's word, or null for a word that this version does not know. */
    public static @Nullable Type ofWord(String word) {
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return type;
        }
      }
      return null;
    }
  }
}
