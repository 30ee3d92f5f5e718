package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import io.github.serfhandler.source.ValueFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells all that the prefixes hold at one revision, page by page, so that memory stays flat. (With
 * several prefixes the names are remembered, since the first prefix that has one counts.) Confined
 * to the thread of the source, used once.
 */
final class Listing {
  /**
   * The longest answer. The longest value that can be used, with a key that fits a layout, has some
   * 1.4 MiB in base64; reading takes some 5 times as much memory for a while.
   */
  static final int MAX_PAGE = 2 * 1024 * 1024;

  /** The longest answer that is one name. */
  static final int MAX_NAME = 2 * MAX_PAGE;

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int FIRST_LIMIT = 256;
  private static final int MAX_LIMIT = 1024;

  /** Below this size of an answer the next page may be longer. */
  private static final int SMALL_PAGE = MAX_PAGE / 8;

  private final Gateway gateway;
  private final StoreKeys keys;
  private final ValueFormat format;
  private final Guard guard;
  private final SourceFeed feed;
  private final SourceListing listing;
  private final Map<Place, Integer> seen = new HashMap<>();
  private int limit = FIRST_LIMIT;
  private long revision;

  Listing(
      Gateway gateway,
      StoreKeys keys,
      ValueFormat format,
      Guard guard,
      SourceFeed feed,
      SourceListing listing) {
    this.gateway = gateway;
    this.keys = keys;
    this.format = format;
    this.guard = guard;
    this.feed = feed;
    this.listing = listing;
  }

  /** Tells everything; the revision at which that was. */
  long run() throws EtcdFailure, InterruptedException {
    for (int prefix = 0; prefix < keys.count(); prefix++) {
      KeyRange rest = keys.ranges().get(prefix);
      boolean more = true;
      while (more) {
        Page page = page(prefix, rest);
        tell(prefix, page);
        List<KeyValue> found = page.answer().found();
        more = page.answer().more() && !found.isEmpty();
        if (more) {
          rest = rest.after(found.get(found.size() - 1).key());
        }
      }
    }
    guard.check();
    listing.end(revision);
    return revision;
  }

  /** A page; of names alone where the one value is too long. */
  private record Page(RangeAnswer answer, boolean namesOnly) {}

  private Page page(int prefix, KeyRange rest) throws EtcdFailure, InterruptedException {
    while (true) {
      try {
        RangeAnswer answer = ask(prefix, rest, false);
        long bytes =
            answer.found().stream().mapToLong(kv -> kv.key().length + kv.value().length).sum();
        if (bytes < SMALL_PAGE && limit < MAX_LIMIT) {
          limit *= 2;
        }
        return new Page(answer, false);
      } catch (EtcdFailure e) {
        if (e.kind() != Kind.TOO_BIG) {
          throw e;
        }
      }
      if (limit == 1) {
        return new Page(ask(prefix, rest, true), true);
      }
      limit /= 2;
    }
  }

  private RangeAnswer ask(int prefix, KeyRange rest, boolean namesOnly)
      throws EtcdFailure, InterruptedException {
    guard.check();
    JsonObject.Builder body = rest.json().put("limit", Integer.toString(limit));
    if (revision > 0) {
      body.put("revision", Long.toString(revision));
    }
    if (namesOnly) {
      body.put("keys_only", true);
    }
    RangeAnswer answer =
        gateway.ask(
            Call.range(
                body.build(),
                "listing " + keys.name(prefix),
                PATIENCE,
                namesOnly ? MAX_NAME : MAX_PAGE),
            json -> checked(RangeAnswer.of(json), rest, limit));
    if (revision == 0) {
      revision = answer.header().revision();
    }
    return answer;
  }

  /** Endless listings begin with answers that nobody asked for. */
  private static RangeAnswer checked(RangeAnswer answer, KeyRange rest, int most) {
    byte[] before = new byte[0];
    for (KeyValue kv : answer.found()) {
      if (!rest.holds(kv.key()) || Arrays.compareUnsigned(before, kv.key()) >= 0) {
        throw new IllegalArgumentException("keys that are not of the range, or not in its order");
      }
      before = kv.key();
    }
    if (answer.header().revision() == 0 || answer.found().size() > most) {
      throw new IllegalArgumentException("no revision, or more keys than asked for");
    }
    if (answer.more() && answer.found().isEmpty()) {
      throw new IllegalArgumentException("more keys, but none of them");
    }
    return answer;
  }

  private void tell(int prefix, Page page) throws EtcdFailure, InterruptedException {
    guard.check();
    List<SourceEntry> entries = new ArrayList<>(page.answer().found().size());
    for (KeyValue kv : page.answer().found()) {
      Optional<Place> place = place(prefix, kv);
      if (place.isPresent()) {
        try {
          if (page.namesOnly()) {
            throw Finding.tooLong("too many");
          }
          entries.add(Finding.entry(place.get(), kv, format));
        } catch (RejectedException e) {
          listing.unusable(place.get().product(), place.get().key(), e.reason());
        }
      }
    }
    if (!entries.isEmpty()) {
      listing.found(entries);
    }
  }

  /** Where it belongs, if it is to be told of. */
  private Optional<Place> place(int prefix, KeyValue kv) {
    Optional<Place> place;
    try {
      place = keys.place(prefix, kv.key());
    } catch (RejectedException e) {
      feed.skipped(Printable.key(kv.key()), e.reason());
      return Optional.empty();
    }
    if (place.isPresent() && keys.count() > 1) {
      Integer stronger = seen.putIfAbsent(place.get(), prefix);
      if (stronger != null) {
        feed.skipped(Printable.key(kv.key()), keys.overruled(stronger, place.get()));
        return Optional.empty();
      }
    }
    return place;
  }
}
