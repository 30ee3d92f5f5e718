package io.github.serfhandler.directory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells that something may have changed in some directories, and never what. Confined to one
 * thread, but for {@link #close}. Where the system has no more watches to give it says less or
 * nothing: whoever waits for a hint must look by himself now and then.
 */
final class Hints implements AutoCloseable {
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final @Nullable WatchService service;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private boolean exhausted;

  private Hints(@Nullable WatchService service) {
    this.service = service;
  }

  /** Those of the file system of a path; without any where it gives none. */
  static Hints of(Path path) {
    try {
      return new Hints(path.getFileSystem().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      // Too many users of inotify, most likely; looking alone does as well, later.
      return none();
    }
  }

  /** Without any. */
  static Hints none() {
    return new Hints(null);
  }

  /**
   * Watches these directories and no others.
   *
   * @return whether some are watched from now on that were not before: what happened in them until
   *     now was not seen
   */
  boolean watch(Set<Path> directories) {
    if (service == null) {
      return false;
    }
    for (Iterator<Map.Entry<Path, WatchKey>> each = watched.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Path, WatchKey> entry = each.next();
      if (!directories.contains(entry.getKey())) {
        entry.getValue().cancel();
        each.remove();
        exhausted = false;
      }
    }
    boolean more = false;
    for (Path directory : directories) {
      if (!exhausted && !watched.containsKey(directory)) {
        more |= add(service, directory);
      }
    }
    return more;
  }

  private boolean add(WatchService service, Path directory) {
    try {
      watched.put(directory, directory.register(service, KINDS));
      return true;
    } catch (IOException e) {
      // Gone by now, or no watches are left. Of those that are left not each is tried each time.
      exhausted = directory.toFile().isDirectory();
      return false;
    } catch (ClosedWatchServiceException e) {
      // Who waits is told.
      return false;
    }
  }

  /** Waits for a hint, at most so long; several that came together are one. */
  void await(Duration most) throws InterruptedException {
    if (service == null) {
      return;
    }
    try {
      WatchKey key = service.poll(most.toNanos(), TimeUnit.NANOSECONDS);
      // As many as there can be at once: where they come faster than this it looks all the same.
      for (int i = watched.size(); key != null; i--) {
        // Its events are of no interest, nor that there were too many of them.
        key.pollEvents();
        if (!key.reset()) {
          watched.values().remove(key);
        }
        key = i > 0 ? service.poll() : null;
      }
    } catch (ClosedWatchServiceException e) {
      // Who closed it has said so elsewhere.
      return;
    }
  }

  boolean isDeaf() {
    return service == null;
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the watches of directories can not be given back", e);
    }
  }
}
