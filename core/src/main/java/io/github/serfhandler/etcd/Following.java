package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.etcd.WatchAnswer.Event;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.ValueFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells what changes after a position, for as long as etcd tells of it. Confined to the thread of
 * the source, used once.
 *
 * <p>All prefixes are watched in one stream. A stream can be dead without an end (a connection that
 * was forgotten on the way, a server without its majority), so every 3 s the same server is asked
 * for the newest revision, and, where that has grown, whether a key of ours has changed; a change
 * that the stream has not told of 3 s later ends it.
 */
final class Following {
  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A stream that was silent for so long, while others wrote, begins anew. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Gateway gateway;
  private final StoreKeys keys;
  private final Finding finding;
  private final ValueFormat format;
  private final Guard guard;
  private final SourceFeed feed;
  private final Position position;
  private final LongSupplier nanoTime;

  /** The newest revision of the store at which no key of ours had a change unknown. */
  private long checked;

  private boolean suspect;
  private long heard;

  Following(
      Gateway gateway,
      StoreKeys keys,
      ValueFormat format,
      Guard guard,
      SourceFeed feed,
      Position position,
      LongSupplier nanoTime) {
    this.gateway = gateway;
    this.keys = keys;
    this.finding = new Finding(gateway, keys, format);
    this.format = format;
    this.guard = guard;
    this.feed = feed;
    this.position = position;
    this.nanoTime = nanoTime;
    this.checked = position.newest();
  }

  /** Tells of changes until etcd says that the older ones of them are gone (compacted). */
  void run() throws EtcdFailure, InterruptedException {
    boolean open = true;
    while (open) {
      int endpoint = gateway.current();
      try (WatchStream stream = gateway.watch(endpoint, requests(), what())) {
        open = follow(stream, endpoint);
      } catch (EtcdFailure e) {
        if (e.isOfServer()) {
          gateway.leave(endpoint);
        }
        throw e;
      }
    }
  }

  /** Whether it is to be opened anew; else older changes are gone. */
  private boolean follow(WatchStream stream, int endpoint)
      throws EtcdFailure, InterruptedException {
    long probeAt = nanoTime.getAsLong() + PROBE.toNanos();
    heard = nanoTime.getAsLong();
    while (true) {
      long wait = Math.min(guard.nanosLeft(), probeAt - nanoTime.getAsLong());
      Optional<WatchAnswer> answer = stream.next(Math.max(0, wait));
      guard.check();
      if (answer.isPresent()) {
        suspect = false;
        heard = nanoTime.getAsLong();
        if (answer.get().canceled()) {
          if (answer.get().compacted() > 0) {
            return false;
          }
          throw stream.ended(answer.get());
        }
        if (!answer.get().created()) {
          take(stream, answer.get());
        }
      }
      if (nanoTime.getAsLong() - probeAt >= 0) {
        if (!isCurrent(stream, endpoint)) {
          return true;
        }
        probeAt = nanoTime.getAsLong() + PROBE.toNanos();
      }
    }
  }

  private void take(WatchStream stream, WatchAnswer answer)
      throws EtcdFailure, InterruptedException {
    if (answer.watch() < 1 || answer.watch() > keys.count()) {
      throw stream.stuck("an answer for a watch that nobody began");
    }
    int prefix = (int) answer.watch() - 1;
    List<SourceEntry> entries =
        keys.count() == 1 ? entries(answer.events()) : entriesAnew(prefix, answer.events());
    if (!entries.isEmpty()) {
      guard.check();
      feed.changed(entries);
    }
    // Without events it tells how far it is; a fragment may end in the midst of a revision.
    if (answer.events().isEmpty()) {
      position.reached(prefix, answer.revision());
    } else if (!answer.fragment()) {
      position.reached(prefix, answer.events().get(answer.events().size() - 1).kv().revision());
    }
  }

  /** The changes, where each key belongs to one prefix only. */
  private List<SourceEntry> entries(List<Event> events) {
    List<SourceEntry> entries = new ArrayList<>(events.size());
    for (Event event : events) {
      Optional<Place> place = place(0, event);
      if (place.isPresent()) {
        entry(event.kv(), place.get(), event.deleted()).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<SourceEntry> entry(KeyValue kv, Place place, boolean deleted) {
    try {
      return Optional.of(
          deleted
              ? SourceEntry.deleted(place.product(), place.key(), kv.revision())
              : Finding.entry(place, kv, format));
    } catch (RejectedException e) {
      feed.skipped(Printable.key(kv.key()), e.reason());
      return Optional.empty();
    }
  }

  /** What now counts of the keys that have changed; another prefix may have them, too. */
  private List<SourceEntry> entriesAnew(int prefix, List<Event> events)
      throws EtcdFailure, InterruptedException {
    Map<Place, Event> newest = new LinkedHashMap<>();
    for (Event event : events) {
      Optional<Place> place = place(prefix, event);
      if (place.isPresent()) {
        newest.remove(place.get());
        newest.put(place.get(), event);
      }
    }
    List<SourceEntry> entries = new ArrayList<>(newest.size());
    for (Map.Entry<Place, Event> one : newest.entrySet()) {
      anew(prefix, one.getKey(), one.getValue()).ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<SourceEntry> anew(int prefix, Place place, Event event)
      throws EtcdFailure, InterruptedException {
    long revision = event.kv().revision();
    Optional<Finding.Found> found;
    try {
      found = finding.find(place);
    } catch (RejectedException e) {
      feed.skipped(Printable.key(event.kv().key()), e.reason());
      return Optional.empty();
    }
    if (found.isEmpty()) {
      return Optional.of(SourceEntry.deleted(place.product(), place.key(), revision));
    }
    SourceEntry entry = found.get().entry();
    if (found.get().prefix() < prefix && !event.deleted()) {
      feed.skipped(Printable.key(event.kv().key()), keys.overruled(found.get().prefix(), place));
    }
    // What takes over from a deleted one does so at that revision, however old it is itself.
    return found.get().prefix() > prefix
        ? Optional.of(
            new SourceEntry(
                entry.product(),
                entry.key(),
                Math.max(entry.revision(), revision),
                entry.value(),
                entry.format()))
        : Optional.of(entry);
  }

  private Optional<Place> place(int prefix, Event event) {
    try {
      return keys.place(prefix, event.kv().key());
    } catch (RejectedException e) {
      if (!event.deleted()) {
        feed.skipped(Printable.key(event.kv().key()), e.reason());
      }
      return Optional.empty();
    }
  }

  /**
   * Asks whether the stream has told everything.
   *
   * @return false where nobody can tell, and it is better begun anew
   * @throws EtcdFailure where it has not, or the server does not answer
   */
  private boolean isCurrent(WatchStream stream, int endpoint)
      throws EtcdFailure, InterruptedException {
    long newest = 0;
    boolean changed = false;
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      newest = Math.max(newest, revision(endpoint, prefix));
      if (newest > checked) {
        changed |= hasChanged(endpoint, prefix, position.last(prefix) + 1);
      }
    }
    if (newest < position.newest()) {
      throw stream.stuck("its revision went back; it was restored or made anew");
    }
    if (!changed) {
      // Deletions can not be asked for: where others write and this stream is silent, ask it anew.
      boolean silent = nanoTime.getAsLong() - heard >= SILENCE.toNanos();
      boolean moved = newest > position.newest();
      checked = Math.max(checked, newest);
      suspect = false;
      return !(silent && moved);
    }
    if (suspect) {
      throw stream.stuck("the stream does not tell what has changed");
    }
    suspect = true;
    return true;
  }

  private long revision(int endpoint, int prefix) throws EtcdFailure, InterruptedException {
    JsonObject body = keys.ranges().get(prefix).json().put("count_only", true).build();
    return gateway
        .askAt(endpoint, Call.small("/v3/kv/range", body, asking(prefix)), Header::of)
        .revision();
  }

  /** Whether a key was put since; the answer is one key, whose name may be long. */
  private boolean hasChanged(int endpoint, int prefix, long since)
      throws EtcdFailure, InterruptedException {
    JsonObject body =
        keys.ranges()
            .get(prefix)
            .json()
            .put("limit", "1")
            .put("keys_only", true)
            .put("min_mod_revision", Long.toString(since))
            .build();
    try {
      return !gateway
          .askAt(
              endpoint,
              Call.range(body, asking(prefix), PATIENCE, Listing.MAX_PAGE),
              RangeAnswer::of)
          .found()
          .isEmpty();
    } catch (EtcdFailure e) {
      if (e.kind() == Kind.TOO_BIG) {
        return true;
      }
      throw e;
    }
  }

  private String asking(int prefix) {
    return "asking for changes of " + keys.name(prefix);
  }

  private String what() {
    return "watching " + keys.name(0) + (keys.count() == 1 ? "" : " and others");
  }

  /** One request for each prefix, as a line of its own; they are numbered from 1. */
  private String requests() {
    StringBuilder requests = new StringBuilder();
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      JsonObject create =
          keys.ranges()
              .get(prefix)
              .json()
              .put("watch_id", Integer.toString(prefix + 1))
              .put("start_revision", Long.toString(position.last(prefix) + 1))
              .put("progress_notify", true)
              .put("fragment", true)
              .build();
      requests
          .append(JsonObject.builder().put("create_request", create).build().compact())
          .append('\n');
    }
    return requests.toString();
  }
}
