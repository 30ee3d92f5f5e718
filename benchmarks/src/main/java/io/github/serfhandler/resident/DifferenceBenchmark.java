package io.github.serfhandler.resident;

import io.github.serfhandler.benchmarks.Crowd;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What happened between two readings of 10,000 members; here, because it is of this package. */
@State(Scope.Thread)
public class DifferenceBenchmark {
  private final Map<String, Member> before;
  private final Map<String, Member> same;
  private final Map<String, Member> after;

  /** Makes the members, each reading of objects of its own. */
  public DifferenceBenchmark() {
    Crowd crowd = new Crowd(10_000);
    before = byName(crowd.same());
    same = byName(crowd.same());
    after = byName(crowd.changed());
  }

  private static Map<String, Member> byName(List<Member> members) {
    Map<String, Member> byName = new HashMap<>();
    members.forEach(member -> byName.put(member.name(), member));
    return byName;
  }

  /** Nothing happened. */
  @Benchmark
  public List<MemberEvent> none() {
    return MemberDifference.between(before, same);
  }

  /** One left. */
  @Benchmark
  public List<MemberEvent> oneLeft() {
    return MemberDifference.between(before, after);
  }
}
