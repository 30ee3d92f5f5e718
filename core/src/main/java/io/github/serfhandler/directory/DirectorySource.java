package io.github.serfhandler.directory;

import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.source.SourceFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a directory tree {@code PRODUCT/KEY.json}, {@code .yml} or {@code .yaml}: a checkout of
 * git, a ConfigMap of Kubernetes, or what someone edits. Thread-safe; {@link #follow} on one thread
 * at a time.
 *
 * <p>It looks at every file from outside every 2 s, or as soon as the system hints that something
 * changed, and reads what looks otherwise than before. So a lost hint, or a system without any,
 * costs time and no change. A change is told once nothing has changed for 50 ms, or after a second
 * where it goes on; then only of the files that have come to rest. A tree so large that looking
 * takes long is looked at less often, so that it takes a tenth of a processor at most.
 *
 * <p>A root that can not be read is an error and never an empty tree. What can not be read below it
 * counts as there.
 */
public final class DirectorySource implements ConfigSource {
  private static final Duration SETTLE = Duration.ofMillis(50);
  private static final Duration MOST_SETTLING = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Looking takes at most one in so many parts of the time. */
  private static final int SHARE = 10;

  private final Path root;
  private final Tree tree;
  private final Supplier<Hints> hints;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object lock = new Object();
  private @Nullable Hints current;

  /**
   * Follows the tree below this directory; nothing is looked at yet. A path that is not absolute
   * begins at the working directory.
   */
  public DirectorySource(Path root) {
    this(root, new Tree(root), () -> Hints.of(root));
  }

  DirectorySource(Path root, Tree tree, Supplier<Hints> hints) {
    this.root = root;
    this.tree = tree;
    this.hints = hints;
  }

  @Override
  public String name() {
    return "directory " + root.toAbsolutePath().normalize();
  }

  @Override
  public void follow(SourceFeed feed) throws SourceException, InterruptedException {
    try (Hints opened = open()) {
      Following following = new Following(tree, feed);
      while (!isClosed()) {
        long begun = System.nanoTime();
        TreeLook look = tree.look();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        boolean unseen = opened.watch(look.directories());
        if (following.differs(look)) {
          settle(look, took, opened, following);
        } else if (unseen) {
          // What came between the look and the watch.
          continue;
        }
        rest(took, opened);
      }
    } finally {
      synchronized (lock) {
        current = null;
      }
    }
  }

  /** Looks until nothing changes any more, and tells. */
  private void settle(TreeLook first, Duration took, Hints opened, Following following)
      throws SourceException, InterruptedException {
    long begun = System.nanoTime();
    TreeLook before = first;
    while (!pause(longer(SETTLE, took))) {
      TreeLook now = tree.look();
      boolean unseen = opened.watch(now.directories());
      boolean late = System.nanoTime() - begun > MOST_SETTLING.toNanos();
      if (late || (!unseen && now.equals(before))) {
        following.tell(before, now);
        return;
      }
      before = now;
    }
  }

  /** Waits for a hint or the next look, but not so shortly that looking is all it does. */
  private void rest(Duration took, Hints opened) throws InterruptedException {
    Duration least = longer(SETTLE, took.multipliedBy(SHARE));
    Duration most = longer(LOOK_EVERY, least);
    if (pause(least)) {
      return;
    }
    if (opened.isDeaf()) {
      pause(most.minus(least));
    } else {
      opened.await(most.minus(least));
    }
  }

  /** Whether it was closed meanwhile. */
  private boolean pause(Duration time) throws InterruptedException {
    return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Hints open() {
    synchronized (lock) {
      Hints opened = isClosed() ? Hints.none() : hints.get();
      current = opened;
      return opened;
    }
  }

  @Override
  public Optional<SourceEntry> read(String product, String key)
      throws SourceException, InterruptedException {
    // Refuses names that would lead out of the tree.
    SourceEntry named = SourceEntry.deleted(product, key, 0);
    Optional<TreeItem> found = tree.find(named.product(), named.key());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    TreeItem item = found.get();
    if (!item.isUsable()) {
      throw failed(item, item.problem());
    }
    try {
      byte[] bytes =
          tree.read(item)
              .orElseThrow(() -> failed(item, "is being written; it is read again later"));
      return Optional.of(SourceEntry.of(product, key, 0, item.format(), bytes));
    } catch (IOException e) {
      throw failed(item, "can not be read: " + Tree.reason(e) + Tree.remedy(e));
    }
  }

  private SourceException failed(TreeItem item, String why) {
    return new SourceException(item.name() + " in the directory " + root + " " + why);
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (lock) {
      if (current != null) {
        current.close();
      }
    }
  }
}
