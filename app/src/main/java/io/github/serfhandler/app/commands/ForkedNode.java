package io.github.serfhandler.app.commands;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.serfhandler.app.log.EventLog;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Self;
import io.github.serfhandler.replica.Replica;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the local node of a process that Serf forked for one event. It asks the agent when a
 * handler asks it, never before, and makes one pass at most, so that every handler sees what that
 * one changed.
 */
final class ForkedNode implements LocalNode {
  private final Self self;
  private final Settings settings;
  private final EventLog log;

  @GuardedBy("this")
  private @Nullable PassResult pass;

  @GuardedBy("this")
  private @Nullable Replica replica;

  ForkedNode(Self self, Settings settings, EventLog log) {
    this.self = self;
    this.settings = settings;
    this.log = log;
  }

  @Override
  public Self self() {
    return self;
  }

  @Override
  public synchronized List<Member> members() {
    if (pass != null) {
      return pass.members();
    }
    try (SerfClient client = Wiring.client(settings)) {
      return client.members();
    }
  }

  @Override
  public synchronized PassResult refreshFiles() {
    PassResult result = pass;
    if (result == null) {
      result =
          OnePass.pass(settings, self.name(), text -> log.write(System.Logger.Level.WARNING, text));
      pass = result;
    }
    return result;
  }

  /** The files that were written. */
  synchronized List<Path> updated() {
    return pass == null ? List.of() : pass.updated();
  }

  @Override
  public Path confDir() {
    return settings.confDir();
  }

  @Override
  public Subscription subscription() {
    Optional<List<String>> given = settings.products();
    List<String> products = new ArrayList<>();
    for (String product : given.isPresent() ? given.get() : self.products()) {
      // An illegal one in the tag is told by the pass, as a problem of the node.
      if (Names.isLegal(product)) {
        products.add(product);
      }
    }
    return Subscription.of(products, settings.observe());
  }

  @Override
  public synchronized Replica replica() {
    Replica known = replica;
    if (known == null) {
      known = Wiring.forkedReplica(settings, new Notices());
      replica = known;
    }
    return known;
  }

  // A class instead of a lambda: the first lambda of a process costs milliseconds.
  private final class Notices implements Consumer<String> {
    @Override
    public void accept(String notice) {
      log.write(System.Logger.Level.WARNING, notice);
    }
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    log.write(level, text);
  }
}
