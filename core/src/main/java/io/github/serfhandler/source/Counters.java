package io.github.serfhandler.source;

import io.github.serfhandler.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** What became of what a source told, since the start. Thread-safe. */
final class Counters {
  /** Updates and deletions that came into the copy and go out. */
  final AtomicLong published = new AtomicLong();

  /** What the copy held already. */
  final AtomicLong unchanged = new AtomicLong();

  /** Of those published, whose version had to be lifted over a newer one. */
  final AtomicLong lifted = new AtomicLong();

  /** Of those published, deletions. */
  final AtomicLong deleted = new AtomicLong();

  /** Deletions that the settings leave alone. */
  final AtomicLong deletesIgnored = new AtomicLong();

  /** What can not be configuration, and what the copy or its rules refuse. */
  final AtomicLong skipped = new AtomicLong();

  /** Listings that came to their end. */
  final AtomicLong listings = new AtomicLong();

  /** How often the source could not go on. */
  final AtomicLong failures = new AtomicLong();

  JsonObject.Builder addTo(JsonObject.Builder object) {
    return object
        .put("published", published.get())
        .put("unchanged", unchanged.get())
        .put("lifted", lifted.get())
        .put("deleted", deleted.get())
        .put("deletesIgnored", deletesIgnored.get())
        .put("skipped", skipped.get())
        .put("listings", listings.get())
        .put("failures", failures.get());
  }
}
