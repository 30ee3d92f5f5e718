package io.github.serfhandler.discovery;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfConnectionException;
import io.github.serfhandler.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent that tells what a test wants, and counts how often it is asked. Confined to the test.
 */
final class ScriptedAgent implements Agent {
  private final ManualClock clock;

  private Pulse pulse = new Pulse("node1", Map.of(), 1, 0, 0, 1);
  private List<Member> members = List.of();
  private Duration cost = Duration.ZERO;
  private @Nullable String fault;
  private boolean membersFail;
  private boolean closed;
  int readings;

  /** The agent's answers take their time on this clock. */
  ScriptedAgent(ManualClock clock) {
    this.clock = clock;
  }

  /** Other members, which the pulse shows. */
  void changed(Member... next) {
    members = List.of(next);
    beat();
  }

  /** Other members, of which the pulse tells nothing: a tag changed on another node. */
  void changedQuietly(Member... next) {
    members = List.of(next);
  }

  /** Another pulse and nothing else. */
  void beat() {
    pulse = new Pulse("node1", Map.of(), members.size(), 0, 0, pulse.memberTime() + 1);
  }

  /** What a reading costs from now on. */
  void cost(Duration next) {
    cost = next;
  }

  /** It can not be asked, for this reason. */
  void away(String reason) {
    fault = reason;
  }

  /** It answers the pulse and not the members. */
  void answersHalf(String reason) {
    fault = reason;
    membersFail = true;
  }

  /** The client of it was closed by this program. */
  void closed() {
    closed = true;
  }

  void back() {
    fault = null;
    membersFail = false;
  }

  @Override
  public Pulse pulse() {
    if (closed) {
      throw new SerfClosedException("the client is closed", true, null);
    }
    if (fault != null && !membersFail) {
      throw new SerfConnectionException(fault, true, null);
    }
    return pulse;
  }

  @Override
  public List<Member> members() {
    readings++;
    clock.advance(cost);
    if (fault != null) {
      throw new SerfConnectionException(fault, true, null);
    }
    return members;
  }
}
