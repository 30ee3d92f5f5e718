package io.github.serfhandler.app.doctor;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.SerfAuthException;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Confined to its caller's thread: asks the agent everything that the checks need. */
final class AgentExam {
  private static final int CALLS = 9;
  private static final double SLOW_MILLIS = 50;

  /**
   * Immutable: what the agent told.
   *
   * @param stats of itself
   * @param members of the cluster
   */
  record Report(AgentStats stats, List<Member> members) {
    Report {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return stats.agentName() + " " + members;
    }
  }

  private final Settings settings;
  private final List<Check> checks = new ArrayList<>();
  private Optional<Report> report = Optional.empty();

  AgentExam(Settings settings) {
    this.settings = settings;
  }

  /** What the agent told; empty where it could not be asked. */
  Optional<Report> report() {
    return report;
  }

  List<Check> examine() {
    String addr = settings.text(SettingsTable.RPC_ADDR);
    try (SerfClient client = SerfClient.connect(Wiring.options(settings))) {
      AgentStats stats = client.stats();
      List<Member> members = client.members();
      report = Optional.of(new Report(stats, members));
      checks.add(Check.ok("agent", "answers at " + addr));
      key();
      name(stats, members);
      latency(client);
      cluster(stats, members);
      handlers(stats);
    } catch (SerfAuthException e) {
      checks.add(
          Check.fail(
              "agent", String.valueOf(e.getMessage()), "put it in a file and use --rpc-auth-file"));
    } catch (SerfException e) {
      // Its message holds address, reason and remedy.
      checks.add(Check.fail("agent", String.valueOf(e.getMessage()), ""));
    }
    return checks;
  }

  private void key() {
    String key = settings.rpcAuth().isPresent() ? "the agent accepts the key" : "none is needed";
    checks.add(Check.ok("rpc key", key));
  }

  private void name(AgentStats stats, List<Member> members) {
    String name = stats.agentName();
    boolean known = false;
    for (Member member : members) {
      known |= member.name().equals(name);
    }
    if (name.isEmpty()) {
      checks.add(Check.fail("node name", "the agent does not tell its own", "restart the agent"));
    } else if (!known) {
      checks.add(
          Check.fail(
              "node name",
              "the agent calls itself " + name + " and does not list itself among the members",
              "restart the agent"));
    } else {
      checks.add(Check.ok("node name", name));
    }
  }

  private void latency(SerfClient client) {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      client.stats();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    double millis = Math.round(nanos[CALLS / 2] / 10_000.0) / 100.0;
    String finding = "a call takes " + millis + " ms (median of " + CALLS + ")";
    checks.add(
        millis < SLOW_MILLIS
            ? Check.ok("rpc latency", finding)
            : Check.warn("rpc latency", finding, "is the machine overloaded?"));
  }

  private void cluster(AgentStats stats, List<Member> members) {
    int alive = 0;
    List<String> failed = new ArrayList<>();
    for (Member member : members) {
      alive += member.status() == MemberStatus.ALIVE ? 1 : 0;
      if (member.status() == MemberStatus.FAILED) {
        failed.add(member.name());
      }
    }
    String finding = members.size() + " members, " + alive + " alive";
    if (failed.isEmpty()) {
      checks.add(Check.ok("cluster", finding));
    } else {
      String some = String.join(", ", failed.subList(0, Math.min(5, failed.size())));
      String more = failed.size() > 5 ? " and " + (failed.size() - 5) + " more" : "";
      checks.add(
          Check.warn(
              "cluster",
              finding + ", failed: " + some + more,
              "bring them back, or: serf force-leave NAME"));
    }
    if (stats.healthScore() > 0) {
      checks.add(
          Check.warn(
              "agent health",
              "the agent does not keep up (health score " + stats.healthScore() + ", 0 is well)",
              "is the machine overloaded, or the network?"));
    }
  }

  private void handlers(AgentStats stats) {
    int handlers = stats.section("event_handlers").size();
    if (handlers > 0) {
      checks.add(
          Check.ok(
              "event handlers",
              handlers
                  + " of the agent's own; it runs them one at a time and waits, so a slow one holds"
                  + " up all events and streams of this agent"));
    }
  }
}
