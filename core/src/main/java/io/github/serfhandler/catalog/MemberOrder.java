package io.github.serfhandler.catalog;

import io.github.serfhandler.client.Member;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * Immutable: members by the natural order of their names. Names are unique in a cluster (a map in
 * Serf's {@code serf/serf.go}); the rest only settles what a broken agent would send, such that the
 * order in which it sends it plays no part.
 */
final class MemberOrder implements Comparator<Member> {
  @Override
  public int compare(Member a, Member b) {
    int order = NaturalOrder.INSTANCE.compare(a.name(), b.name());
    if (order == 0) {
      order = a.status().compareTo(b.status());
    }
    return order != 0 ? order : rest(a).compareTo(rest(b));
  }

  private static String rest(Member member) {
    String addr = member.addr() == null ? "" : Addresses.text(member.addr());
    return addr + " " + new TreeMap<>(member.tags());
  }
}
