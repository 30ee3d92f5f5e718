package io.github.serfhandler.client;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Immutable: which members are wanted; all conditions must hold. Expressions are in the syntax of
 * Go's {@code regexp} (RE2: no look-around, no back references) and must match the whole value.
 *
 * <p>An expression that the agent can not compile makes it close the connection without a word,
 * which surfaces as a {@link SerfConnectionException} that says so. Unbalanced brackets are refused
 * here.
 *
 * @param tags expressions by tag name; a member without that tag has the value {@code ""}
 * @param statuses the wanted statuses; none means all
 * @param name an expression for the node's name, {@code ""} for any
 */
public record MemberFilter(Map<String, String> tags, Set<MemberStatus> statuses, String name) {
  private static final MemberFilter ALL = new MemberFilter(Map.of(), Set.of(), "");

  public MemberFilter {
    tags = Map.copyOf(tags);
    statuses = Set.copyOf(statuses);
    tags.forEach((tag, regex) -> Regexes.grouped("tag " + tag, regex));
    Regexes.grouped("the name", name);
  }

  /** Every member that the agent knows. */
  public static MemberFilter all() {
    return ALL;
  }

  /** Those that are reachable. */
  public static MemberFilter alive() {
    return ALL.status(MemberStatus.ALIVE);
  }

  /** Also: this tag's whole value must match the expression. */
  public MemberFilter tag(String tag, String regex) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(tag, regex);
    return new MemberFilter(more, statuses, name);
  }

  /** Also: the status must be one of these. */
  public MemberFilter status(MemberStatus first, MemberStatus... more) {
    return new MemberFilter(tags, EnumSet.of(first, more), name);
  }

  /** Also: the node's whole name must match the expression. */
  public MemberFilter name(String regex) {
    return new MemberFilter(tags, statuses, regex);
  }
}
