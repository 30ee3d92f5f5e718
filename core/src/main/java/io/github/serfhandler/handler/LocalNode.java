package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.Trust;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * The node that a handler runs on, and what it may ask of it. Thread-safe. There is one for each
 * way to run handlers: forked by Serf, resident, and in a test.
 */
public interface LocalNode {
  /** Its name, roles and tags now. */
  Self self();

  /**
   * All members of the cluster, in no particular order, exactly (what Serf hands to a forked
   * handler is not).
   *
   * @throws io.github.serfhandler.client.SerfException where the agent can not be asked
   */
  List<Member> members();

  /**
   * Brings the discovery files in line with the members, where something else does not do that
   * already: the resident agent has written them before it tells anyone of the members, and gives
   * its last pass.
   *
   * @throws io.github.serfhandler.client.SerfException where the agent can not be asked
   */
  PassResult refreshFiles();

  /** The directory of the files. */
  Path confDir();

  /** The products whose services and configuration this node wants. */
  Subscription subscription();

  /**
   * This node's copy of the configuration, which {@link ConfigHandler} keeps. By default the files
   * in {@link #confDir}, and everyone's updates are taken.
   */
  default Replica replica() {
    Warnings warnings = new Warnings(this);
    Clock clock = Clock.systemUTC();
    FileStore files = new FileStore(clock, warnings);
    ConfigStore store =
        new ConfigStore(confDir(), files, clock, ConfigStore.DEFAULT_HISTORY, warnings);
    return new Replica(store, Trust.EVERYONE, Gate.OPEN);
  }

  /** Writes a line to the log of serf-handler, which is never the answer of a query. */
  void log(System.Logger.Level level, String text);
}
