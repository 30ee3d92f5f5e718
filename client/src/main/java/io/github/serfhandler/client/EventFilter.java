package io.github.serfhandler.client;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable: which events a stream delivers; those that any of its terms names. Serf has no way to
 * write a comma in a term, so an event whose name holds one can not be asked for by name.
 */
public final class EventFilter {
  private final Set<String> terms;

  private EventFilter(Set<String> terms) {
    this.terms = terms;
  }

  /** Everything, also kinds of events that this version does not know. */
  public static EventFilter all() {
    return term("*");
  }

  /** Joins, leaves, failures, updates and reaps of members. */
  public static EventFilter memberEvents() {
    return memberEvents(MemberEvent.Type.values());
  }

  /** Member events of these types; at least one. */
  public static EventFilter memberEvents(MemberEvent.Type... types) {
    if (types.length == 0) {
      throw new IllegalArgumentException("at least one type of member event is needed");
    }
    return new EventFilter(
        Arrays.stream(types)
            .map(MemberEvent.Type::word)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** All user events. */
  public static EventFilter userEvents() {
    return term("user");
  }

  /** User events of this name. */
  public static EventFilter userEvents(String name) {
    return term("user:" + checked(name));
  }

  /** All queries. */
  public static EventFilter queries() {
    return term("query");
  }

  /** Queries of this name. */
  public static EventFilter queries(String name) {
    return term("query:" + checked(name));
  }

  /** What either delivers. */
  public EventFilter or(EventFilter other) {
    Set<String> both = new LinkedHashSet<>(terms);
    both.addAll(other.terms);
    return new EventFilter(both);
  }

  /** As Serf writes it: {@code member-join,user:deploy}. */
  @Override
  public String toString() {
    return String.join(",", terms);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventFilter that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  private static EventFilter term(String term) {
    return new EventFilter(Set.of(term));
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "a filter can not name an event whose name is empty or holds a comma: '" + name + "'");
    }
    return name;
  }
}
