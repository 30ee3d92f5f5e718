package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.commands.config.ShortRevision;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: which version a change gets. As a rule that of etcd; but where that is not above what
 * the nodes hold, they would ignore it: an etcd that was rebuilt begins with small numbers again,
 * and a person may have published in between.
 */
final class Lift {
  private Lift() {}

  /**
   * The update with the version that it needs.
   *
   * @param known the newest that this node's copy and others tell
   * @param last what this command has sent of it last
   * @param watcher which {@code etcdctl} told this update
   * @throws RejectedException where there is nothing to do, or no version above
   */
  static ConfigUpdate lift(
      ConfigUpdate update,
      Optional<ShortRevision> known,
      Optional<SentVersion> last,
      String watcher) {
    if (last.isPresent()
        && last.get().told() > update.version()
        && last.get().watcher().equals(watcher)
        && !watcher.equals(WatchProcess.NONE)) {
      throw new RejectedException(
          "a newer change of it, version " + last.get().told() + ", was faster");
    }
    ShortRevision ours = ShortRevision.of(update.revision());
    ShortRevision newest = newest(known, last);
    if (newest == null || newest.version() < ours.version() || newest.equals(ours)) {
      return update;
    }
    boolean same = newest.deleted() == ours.deleted() && newest.hash().equals(ours.hash());
    if (same && newest.equals(known.orElse(null))) {
      throw new RejectedException("the nodes hold it already as version " + newest.version());
    }
    if (same) {
      // It was sent, but nobody tells of it: it may have been lost.
      return update.withVersion(newest.version());
    }
    if (newest.version() >= ConfigUpdate.MAX_VERSION) {
      throw new RejectedException(
          "a node tells of version "
              + newest.version()
              + ", the highest that there can be; see which one with: serf-handler config status "
              + update.product()
              + " "
              + update.key());
    }
    return update.withVersion(newest.version() + 1);
  }

  private static @Nullable ShortRevision newest(
      Optional<ShortRevision> known, Optional<SentVersion> last) {
    if (last.isEmpty()) {
      return known.orElse(null);
    }
    ShortRevision sent = last.get().sent();
    return known.isPresent() && known.get().compareTo(sent) >= 0 ? known.get() : sent;
  }
}
