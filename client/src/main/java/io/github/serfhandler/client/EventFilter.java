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

  /**
   * A filter in Serf's own words, as in its {@code event_handlers}: {@code
   * member-join,member-leave}, {@code user:deploy}, {@code query:load}, {@code *}. An empty text is
   * everything, and {@code user:} is {@code user} ({@code ParseEventFilter} and {@code Valid} in
   * the agent's {@code event_handler.go}, 0.9.4).
   *
   * @throws IllegalArgumentException where a term is none of Serf's; blanks are part of a term
   */
  public static EventFilter parse(String text) {
    if (text.isEmpty()) {
      return all();
    }
    Set<String> terms = new LinkedHashSet<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',') {
        terms.add(parsedTerm(text.substring(from, i)));
        from = i + 1;
      }
    }
    return new EventFilter(terms);
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

  /**
   * Whether it lets this event through, as Serf decides it ({@code Invoke} in the agent's {@code
   * event_handler.go}). A {@link StreamGap} is no event of Serf's and belongs to no filter.
   */
  public boolean delivers(SerfEvent event) {
    if (event instanceof StreamGap) {
      return false;
    }
    if (terms.contains("*")) {
      return true;
    }
    if (event instanceof MemberEvent members) {
      return terms.contains(members.type().word());
    }
    if (event instanceof UserEvent user) {
      return terms.contains("user") || terms.contains("user:" + user.name());
    }
    if (event instanceof QueryEvent query) {
      return terms.contains("query") || terms.contains("query:" + query.name());
    }
    return false;
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

  private static String parsedTerm(String term) {
    if (term.equals("user:") || term.equals("query:")) {
      return term.substring(0, term.length() - 1);
    }
    boolean known =
        term.equals("*")
            || term.equals("user")
            || term.equals("query")
            || term.startsWith("user:")
            || term.startsWith("query:")
            || MemberEvent.Type.ofWord(term) != null;
    if (!known) {
      throw new IllegalArgumentException(
          "'"
              + term
              + "' is no kind of event; write member-join, member-leave, member-failed,"
              + " member-update, member-reap, user, user:NAME, query, query:NAME or *, with a comma"
              + " and no blank between several");
    }
    return term;
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "a filter can not name an event whose name is empty or holds a comma: '" + name + "'");
    }
    return name;
  }
}
