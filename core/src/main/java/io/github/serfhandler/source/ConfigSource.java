package io.github.serfhandler.source;

import java.util.Optional;

/**
 * A store in which a team keeps its configuration, and which the fleet follows: etcd, a directory,
 * or one of your own. It only tells what is in the store; comparing it with what the fleet holds,
 * giving versions, signing, pacing and publishing is done by whoever runs it.
 *
 * <p>The smallest source lists everything now and then:
 *
 * <pre>{@code
 * public void follow(SourceFeed feed) throws SourceException, InterruptedException {
 *   while (true) {
 *     SourceListing listing = feed.list("");
 *     for (Row row : store.all()) {
 *       listing.found(List.of(entry(row)));
 *     }
 *     listing.end(0);
 *     Thread.sleep(5000);
 *   }
 * }
 * }</pre>
 *
 * <p>One whose store tells of changes lists once and then calls {@link SourceFeed#changed}.
 */
public interface ConfigSource extends AutoCloseable {
  /** What people call it: one line, no secrets, as {@code etcd http://127.0.0.1:2379}. */
  String name();

  /**
   * Says what it lists, one line that is kept: where it is another text than at the last start,
   * nothing that is missing counts as deleted at first. It should hold what chooses the keys, as a
   * prefix, and not what only leads to the store, as an address. By default the name.
   */
  default String identity() {
    return name();
  }

  /**
   * Tells what is in the store, then what changes, for as long as it can. Called on a thread of its
   * own; when it ends, by itself or by an exception, it is called again after a pause that grows to
   * 10 s. Each time it begins with a listing, unless it goes on exactly where it stopped ({@link
   * SourceFeed#resumed}).
   *
   * @throws SourceException where it can not go on for now
   * @throws InterruptedException where the thread was interrupted: the program ends
   */
  void follow(SourceFeed feed) throws SourceException, InterruptedException;

  /**
   * What the store holds of a key now: asked for before an older version is overruled, so from the
   * store itself, as newly as it can tell. Called from any thread, while {@link #follow} runs.
   *
   * @return empty where it is not there
   * @throws SourceException where that can not be told for now
   * @throws InterruptedException where the thread was interrupted
   */
  Optional<SourceEntry> read(String product, String key)
      throws SourceException, InterruptedException;

  /** Gives back what it holds, from any thread; what waits in it ends soon. Idempotent. */
  @Override
  void close();
}
