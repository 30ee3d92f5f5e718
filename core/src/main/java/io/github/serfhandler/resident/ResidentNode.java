package io.github.serfhandler.resident;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.replica.Replica;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The node as the latest pass of discovery has found it; nothing is asked of the agent.
 * Thread-safe. No handler is called before the first pass.
 */
final class ResidentNode implements LocalNode {
  private record Known(PassResult result, Self self, Subscription subscription) {}

  private final Path confDir;
  private final Interest interest;
  private final Replica replica;
  private final Logger log;
  private volatile @Nullable Known known;

  ResidentNode(Path confDir, Interest interest, Replica replica, Logger log) {
    this.confDir = confDir;
    this.interest = interest;
    this.replica = replica;
    this.log = log;
  }

  /** A pass is done, and its files are written. */
  void passed(PassResult result) {
    Map<String, String> tags = Map.of();
    List<Member> own = List.of();
    for (Member member : result.members()) {
      if (member.name().equals(result.agentName())) {
        tags = member.tags();
        own = List.of(member);
      }
    }
    Self self = Self.of(result.agentName(), tags);
    Subscription subscription = interest.of(Catalog.of(own), result.agentName());
    known = new Known(result, self, subscription);
  }

  @Override
  public Self self() {
    return known().self;
  }

  @Override
  public List<Member> members() {
    return known().result.members();
  }

  @Override
  public PassResult refreshFiles() {
    return known().result;
  }

  @Override
  public Path confDir() {
    return confDir;
  }

  @Override
  public Subscription subscription() {
    return known().subscription;
  }

  @Override
  public Replica replica() {
    return replica;
  }

  @Override
  public void log(Level level, String text) {
    log.log(level, text);
  }

  private Known known() {
    Known now = known;
    if (now == null) {
      throw new IllegalStateException("the members are not known yet");
    }
    return now;
  }
}
