package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Takes what one source tells: has it compared with this node's copy and leaves what differs to be
 * sent; and has keys compared once more that others changed in the copy. The source's thread tells,
 * the thread {@code compare} compares once more.
 */
final class SourceIntake implements SourceFeed {
  /** Of a listing, more than so many are not sent one by one: the digests bring them. */
  static final int SENT_AT_ONCE = 100;

  /**
   * Immutable: what an intake works with that is shared by all of them.
   *
   * @param synced whether the copy is kept equal to those of the others
   */
  record Shared(
      Copy copy,
      Fit fit,
      Outbox outbox,
      Deletes deletes,
      boolean synced,
      LongSupplier nanoTime,
      Runnable compare,
      Logger log) {}

  /** Whether an update can be sent at all. */
  interface Fit {
    /**
     * Passes what fits into a message.
     *
     * @throws io.github.serfhandler.publish.TooLongException for what does not
     */
    void require(ConfigUpdate update);
  }

  /** Whoever publishes has noticed a deletion by then, or is dead, and this one has the lock. */
  private static final long LONG_MISSING = TimeUnit.SECONDS.toNanos(30);

  private enum Phase {
    /** Nothing is known of the store for now; what others change waits to be compared. */
    WAITING,
    /** All that the store holds was told. */
    FOLLOWING,
    /** Another one publishes. */
    STANDBY
  }

  private final ConfigSource source;
  private final Known known;
  private final Shared shared;
  private final Counters counters = new Counters();
  private final SourceLog log;
  private final Comparison comparison;
  private final Rechecks rechecks = new Rechecks();

  /** What the source told that it is gone, and is in the copy still. */
  private final Set<Place> gone = ConcurrentHashMap.newKeySet();

  /** Since when a key is missing, while this one stands by; of the source's thread. */
  private final Map<Place, Long> missing = new HashMap<>();

  private volatile Phase phase = Phase.WAITING;
  private volatile String state = "starting";

  SourceIntake(ConfigSource source, Known known, Shared shared) {
    this.source = source;
    this.known = known;
    this.shared = shared;
    this.log = new SourceLog(source.name(), shared.log(), counters);
    this.comparison = new Comparison(source, known, shared, counters, log);
    for (Place place : known.places()) {
      shared.copy().keep(place.product());
    }
  }

  String name() {
    return source.name();
  }

  Counters counters() {
    return counters;
  }

  /** How many keys the source has, as far as it told. */
  int size() {
    return known.size();
  }

  /** What the source does, for people. */
  String state() {
    return state;
  }

  // What the source tells, on its thread.

  /** The source could not go on. */
  void failed(String reason) {
    if (phase == Phase.FOLLOWING) {
      phase = Phase.WAITING;
    }
    log.stopped(reason);
    state = "failing: " + reason;
  }

  @Override
  public SourceListing list(String lineage) {
    phase = Phase.WAITING;
    return new Listing(lineage);
  }

  @Override
  public void resumed() {
    boolean unused = follows();
  }

  /** Whether that is news. */
  private boolean follows() {
    log.goesOn();
    boolean news = state("following");
    rechecks.allDue(shared.nanoTime().getAsLong());
    phase = Phase.FOLLOWING;
    shared.compare().run();
    return news;
  }

  @Override
  public void changed(List<SourceEntry> entries) throws InterruptedException {
    Map<Place, SourceEntry> last = new LinkedHashMap<>();
    long revision = 0;
    for (SourceEntry entry : entries) {
      last.remove(entry.place());
      last.put(entry.place(), entry);
      revision = Math.max(revision, entry.revision());
    }
    keepMost(last);
    shared.outbox().add(take(last.values(), false).changed());
    known.seen(revision);
  }

  private Comparison.Taken take(Collection<SourceEntry> entries, boolean listing)
      throws InterruptedException {
    Comparison.Taken taken = comparison.take(entries, listing);
    long now = shared.nanoTime().getAsLong();
    for (SourceEntry entry : entries) {
      boolean retry = taken.retry().contains(entry.place());
      if (retry) {
        rechecks.failed(entry.place(), now);
      }
      if (retry && entry.isDeletion()) {
        gone.add(entry.place());
      } else {
        gone.remove(entry.place());
      }
    }
    if (!taken.retry().isEmpty()) {
      shared.compare().run();
    }
    return taken;
  }

  /** A store without numbers does not tell a deletion from what it can not see for now. */
  private void keepMost(Map<Place, SourceEntry> last) {
    int deletions = 0;
    for (SourceEntry entry : last.values()) {
      deletions += entry.isDeletion() && entry.revision() == 0 ? 1 : 0;
    }
    if (isMost(deletions)) {
      tellMost(deletions);
      last.values().removeIf(SourceEntry::isDeletion);
    }
  }

  private boolean isMost(int count) {
    return shared.deletes() == Deletes.ON && count > 1 && count * 2 > known.size();
  }

  private void tellMost(int count) {
    log.log(
        Level.WARNING,
        count
            + " of "
            + known.size()
            + " keys are gone at once; nothing is deleted on the nodes. Where that is meant, start"
            + " once with --deletes=all, or use: serf-handler config delete");
  }

  @Override
  public void skipped(String name, String reason) {
    log.skipped(name, reason);
  }

  @Override
  public void expects(String lineage, Set<Place> keys) throws InterruptedException {
    known.expect(lineage, keys);
    for (Place place : keys) {
      shared.copy().keep(place.product());
    }
    long now = shared.nanoTime().getAsLong();
    missing.keySet().removeAll(keys);
    for (Place place : known.places()) {
      if (!keys.contains(place)) {
        Long since = missing.putIfAbsent(place, now);
        // Who publishes in this one's place has deleted it, or would have by now.
        boolean handled = since != null && now - since > LONG_MISSING;
        if (handled || isDeleted(place)) {
          known.remove(place);
          missing.remove(place);
        }
      }
    }
    saveKeys();
  }

  private boolean isDeleted(Place place) throws InterruptedException {
    try {
      Optional<Revision> newest = shared.copy().newest(place);
      return newest.isPresent() && newest.get().deleted();
    } catch (StoreException | ConfigLockException | RejectedException | UncheckedIOException e) {
      return false; // To be asked again at the next look.
    }
  }

  @Override
  public void standby(String reason) {
    phase = Phase.STANDBY;
    rechecks.clear();
    gone.clear();
    missing.clear();
    log.goesOn();
    boolean unused = state("standing by: " + SourceLog.printable(reason));
  }

  private boolean state(String now) {
    boolean news = !now.equals(state);
    if (news) {
      state = now;
      log.log(Level.INFO, now);
    }
    return news;
  }

  /** A listing of this source. */
  private final class Listing implements SourceListing {
    private final String lineage;
    private final Set<Place> present = new HashSet<>();
    private int differing;
    private int lifted;

    Listing(String lineage) {
      this.lineage = lineage;
    }

    @Override
    public void found(List<SourceEntry> entries) throws InterruptedException {
      for (SourceEntry entry : entries) {
        present.add(entry.place());
      }
      Comparison.Taken taken = take(entries, true);
      differing += taken.changed().size();
      lifted += taken.lifted();
      if (differing <= SENT_AT_ONCE || !shared.synced()) {
        shared.outbox().add(taken.changed());
      }
    }

    @Override
    public void unusable(String product, String key, String reason) {
      Place place = new Place(product, key);
      present.add(place);
      known.put(place, Known.UNTOLD);
      skipped(place.toString(), reason);
    }

    @Override
    public void end(long revision) throws InterruptedException {
      List<Place> missed = new ArrayList<>();
      for (Place place : known.places()) {
        if (!present.contains(place)) {
          missed.add(place);
        }
      }
      if (known.isAnother(lineage, revision)) {
        tellAnother(revision, missed.size());
        for (Place place : missed) {
          known.remove(place);
        }
      } else {
        delete(missed, revision);
      }
      known.listed(lineage, revision);
      ended("");
    }

    @Override
    public void endIncomplete(long revision) {
      ended("; there is more that can not be read for now");
    }

    private void ended(String more) {
      saveKeys();
      if (lifted > 0) {
        log.log(
            Level.WARNING,
            lifted
                + " of its keys were held with other contents under newer versions, and are"
                + " published above these");
      }
      counters.listings.incrementAndGet();
      boolean news = follows() || differing > 0;
      log.log(
          news ? Level.INFO : Level.DEBUG,
          "lists " + present.size() + " keys, of which " + differing + " are news" + more);
    }

    private void tellAnother(long revision, int lacking) {
      String back = ": its revision is " + revision + " after " + known.revision();
      log.log(
          Level.WARNING,
          "it is not the store that was followed before, or was set back"
              + (known.revision() > revision ? back : "")
              + "; versions go on from what the nodes hold"
              + (lacking == 0 ? "" : ", and what it lacks is kept (" + lacking + " keys)"));
    }

    private void delete(List<Place> missed, long revision) throws InterruptedException {
      if (isMost(missed.size())) {
        tellMost(missed.size());
        return; // Still known: a listing that has them again finds nothing new.
      }
      List<SourceEntry> deletions = new ArrayList<>();
      for (Place place : missed) {
        deletions.add(SourceEntry.deleted(place.product(), place.key(), revision));
      }
      shared.outbox().add(take(deletions, false).changed());
    }
  }

  // What others changed in the copy.

  /** Another one changed a key in the copy; called on any thread. */
  void foreign(Place place, Revision revision) {
    String hash = known.hash(place);
    boolean asTold = !revision.deleted() && revision.sha256().equals(hash);
    if (phase != Phase.STANDBY && hash != null && !hash.equals(Known.UNTOLD) && !asTold) {
      rechecks.disagreed(place, shared.nanoTime().getAsLong());
      shared.compare().run();
    }
  }

  /** Compares one key with the store where one is due; called on the thread that compares. */
  void recheck(long now) throws InterruptedException {
    // Before all was told, the store may be another one than it was: nothing of it counts yet.
    Optional<Place> due = phase == Phase.FOLLOWING ? rechecks.due(now) : Optional.empty();
    if (due.isEmpty()) {
      return;
    }
    Place place = due.get();
    try {
      Optional<SourceEntry> entry = source.read(place.product(), place.key());
      if (entry.isPresent()) {
        shared.outbox().add(take(List.of(entry.get()), false).changed());
      } else if (gone.contains(place)) {
        SourceEntry deletion = SourceEntry.deleted(place.product(), place.key(), known.revision());
        shared.outbox().add(take(List.of(deletion), false).changed());
      }
    } catch (SourceException e) {
      log.log(Level.DEBUG, place + " is compared later: " + e.getMessage());
      rechecks.failed(place, now);
    }
  }

  /** How long until a key is due, at most {@code most}; nanoseconds. */
  long untilRecheck(long now, long most) {
    return phase == Phase.FOLLOWING ? rechecks.untilNext(now, most) : most;
  }

  // Remembering.

  /** Writes down what the source has; a failure costs the knowledge of deletions, and is told. */
  void save() {
    write(known::save);
  }

  /** The same where keys came or went. */
  void saveKeys() {
    write(known::saveKeys);
  }

  private void write(Runnable saving) {
    try {
      saving.run();
      if (known.isSaved()) {
        log.fine("known");
      }
    } catch (StoreException e) {
      log.failed("known", String.valueOf(e.getMessage()));
    }
  }
}
