package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Takes what one source tells: compares it with this node's copy, which is kept equal to what the
 * fleet holds, gives what differs a version, brings it into the copy and leaves it to be sent.
 *
 * <p>The version is the store's own number where that is higher than what is held. Where it is not
 * (a store that was rebuilt and counts from the beginning again, somebody who published past it, a
 * store without a number) the store is asked for the value once more, and what it says now gets one
 * more than what is held: so the fleet never stays with an old value, and one who is behind never
 * overrules what is newer. Two that follow the same store give the same versions, as a rule; where
 * they do not, the same rule makes both end with what the store says.
 *
 * <p>The source's thread tells, and the thread that sends compares once more what others changed in
 * the copy; the lock of {@link Copy} makes one of them wait.
 */
final class SourceIntake implements SourceFeed {
  /** Of a listing, more than so many are not sent one by one: the digests bring them. */
  static final int SENT_AT_ONCE = 100;

  private static final int TOLD_OF_A_LISTING = 3;
  private static final int MOST_REASONS = 20;

  /** What an intake works with that is shared by all of them. */
  record Shared(
      Copy copy,
      Fit fit,
      Outbox outbox,
      Deletes deletes,
      boolean synced,
      LongSupplier nanoTime,
      Logger log) {}

  /** Whether an update can be sent at all. */
  interface Fit {
    /**
     * Passes what fits into a message.
     *
     * @throws TooLongException for what does not
     */
    void require(ConfigUpdate update);
  }

  private final ConfigSource source;
  private final Known known;
  private final Shared shared;
  private final Rechecks rechecks = new Rechecks();
  private final Counters counters = new Counters();
  private final Told told = new Told();

  /** Why the source could not go on, since it last could; of the source's thread. */
  private final Set<String> reasons = new HashSet<>();

  private volatile boolean active;
  private volatile String state = "starting";

  SourceIntake(ConfigSource source, Known known, Shared shared) {
    this.source = source;
    this.known = known;
    this.shared = shared;
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

  Rechecks rechecks() {
    return rechecks;
  }

  /** How many keys the source has, as far as it told. */
  int size() {
    return known.size();
  }

  /** What the source does, for people. */
  String state() {
    return state;
  }

  /** The source could not go on. */
  void failed(String reason) {
    counters.failures.incrementAndGet();
    boolean isNew = reasons.size() < MOST_REASONS && reasons.add(reason);
    log(isNew ? Level.WARNING : Level.DEBUG, reason + "; trying again");
    state = "failing: " + reason;
  }

  // What the source tells, on its thread.

  @Override
  public SourceListing list(String lineage) {
    return new Listing(lineage);
  }

  @Override
  public void resumed() {
    follows();
  }

  private void follows() {
    reasons.clear();
    state("following");
    active = true;
    rechecks.allDue(shared.nanoTime().getAsLong());
    shared.outbox().wake();
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

  /** A store without numbers does not tell a deletion from what it can not see for now. */
  private void keepMost(Map<Place, SourceEntry> last) {
    int gone = 0;
    for (SourceEntry entry : last.values()) {
      gone += entry.isDeletion() && entry.revision() == 0 ? 1 : 0;
    }
    if (isMost(gone)) {
      tellMost(gone);
      last.values().removeIf(SourceEntry::isDeletion);
    }
  }

  private boolean isMost(int gone) {
    return shared.deletes() == Deletes.ON && gone > 1 && gone * 2 > known.size();
  }

  private void tellMost(int gone) {
    log(
        Level.WARNING,
        gone
            + " of "
            + known.size()
            + " keys are gone at once; nothing is deleted on the nodes. Where that is meant, start"
            + " once with --deletes=all, or use: serf-handler config delete");
  }

  @Override
  public void skipped(String name, String reason) {
    counters.skipped.incrementAndGet();
    boolean isNew = told.isNew(name, reason);
    log(isNew ? Level.WARNING : Level.DEBUG, printable(name) + " is left out: " + reason);
  }

  @Override
  public void expects(String lineage, Set<Place> keys) throws InterruptedException {
    known.expect(lineage, keys);
    for (Place place : keys) {
      shared.copy().keep(place.product());
    }
    for (Place place : known.places()) {
      // Who publishes in this one's place has deleted it; what he has not is left for the listing.
      if (!keys.contains(place) && isDeleted(place)) {
        known.remove(place);
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
    active = false;
    reasons.clear();
    state("standing by: " + printable(reason));
  }

  private void state(String now) {
    if (!now.equals(state)) {
      state = now;
      log(Level.INFO, now);
    }
  }

  /** A listing of this source. */
  private final class Listing implements SourceListing {
    private final String lineage;
    private final Set<Place> present = new HashSet<>();
    private final List<Place> changed = new ArrayList<>();
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
      Taken taken = take(entries, true);
      differing += taken.changed().size();
      lifted += taken.lifted();
      if (differing <= SENT_AT_ONCE || !shared.synced()) {
        changed.addAll(taken.changed());
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
      boolean rebuilt = known.isAnother(lineage, revision);
      List<Place> gone = new ArrayList<>();
      for (Place place : known.places()) {
        if (!present.contains(place)) {
          gone.add(place);
        }
      }
      if (rebuilt) {
        log(
            Level.WARNING,
            "it is not the store that was followed before, or was set back"
                + (known.revision() > revision
                    ? ": its revision is " + revision + " after " + known.revision()
                    : "")
                + "; versions go on from what the nodes hold"
                + (gone.isEmpty() ? "" : ", and " + gone.size() + " keys that it lacks are kept"));
        forget(gone);
      } else {
        goneFromListing(gone, revision);
      }
      known.listed(lineage, revision);
      if (lifted > 0) {
        log(
            Level.WARNING,
            lifted
                + " of its keys were held with other contents under newer versions, and are"
                + " published above these");
      }
      counters.listings.incrementAndGet();
      follows();
      log(Level.INFO, "lists " + present.size() + " keys, of which " + differing + " are news");
      if (differing <= SENT_AT_ONCE || !shared.synced()) {
        shared.outbox().add(changed);
      }
    }

    private void goneFromListing(List<Place> gone, long revision) throws InterruptedException {
      if (gone.isEmpty()) {
        return;
      }
      if (isMost(gone.size())) {
        tellMost(gone.size());
        return; // Still known: a listing that has them again finds nothing new.
      }
      List<SourceEntry> deletions = new ArrayList<>();
      for (Place place : gone) {
        deletions.add(SourceEntry.deleted(place.product(), place.key(), revision));
      }
      shared.outbox().add(take(deletions, false).changed());
    }
  }

  private void forget(Collection<Place> places) {
    for (Place place : places) {
      known.remove(place);
    }
  }

  // Comparing.

  /** Immutable: what came of entries. */
  private record Taken(Collection<Place> changed, int lifted) {}

  private Taken take(Collection<SourceEntry> entries, boolean listing) throws InterruptedException {
    List<ConfigUpdate> updates = new ArrayList<>();
    List<Place> retry = new ArrayList<>();
    int lifts = 0;
    shared.copy().lock.lock();
    try {
      for (SourceEntry entry : entries) {
        try {
          Optional<Decision> decision = decide(entry, false);
          if (decision.isPresent()) {
            updates.add(decision.get().update());
            lifts += decision.get().over().isPresent() ? 1 : 0;
            tell(decision.get(), listing, listing && lifts > TOLD_OF_A_LISTING);
          }
        } catch (RejectedException | TooLongException e) {
          skipped(entry.name(), String.valueOf(e.getMessage()));
        } catch (SourceException e) {
          log(Level.DEBUG, entry.name() + " is compared later: " + e.getMessage());
          retry.add(entry.place());
        } catch (StoreException | ConfigLockException | UncheckedIOException e) {
          cannot(entry.place(), e);
          retry.add(entry.place());
        }
      }
      // New keys are remembered before they come into the copy, and what is gone is forgotten after
      // it is gone there: so a crash in between costs no deletion.
      if (!listing) {
        saveKeys();
      }
      Collection<Place> changed = bring(updates, retry);
      forgetGone(entries, retry);
      return new Taken(changed, lifts);
    } finally {
      shared.copy().lock.unlock();
      long now = shared.nanoTime().getAsLong();
      for (Place place : retry) {
        rechecks.add(place, now);
      }
    }
  }

  private void forgetGone(Collection<SourceEntry> entries, List<Place> retry) {
    for (SourceEntry entry : entries) {
      if (entry.isDeletion() && !retry.contains(entry.place())) {
        known.remove(entry.place());
      }
    }
  }

  private Collection<Place> bring(List<ConfigUpdate> updates, List<Place> retry)
      throws InterruptedException {
    if (updates.isEmpty()) {
      return List.of();
    }
    Copy.Brought brought;
    try {
      brought = shared.copy().bring(updates, origin());
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      for (ConfigUpdate update : updates) {
        retry.add(placeOf(update));
      }
      cannot(placeOf(updates.get(0)), e);
      return List.of();
    }
    for (String refused : brought.refused()) {
      int end = refused.indexOf(" version ");
      skipped(end < 0 ? refused : refused.substring(0, end), "refused on this node: " + refused);
    }
    for (ConfigUpdate update : updates) {
      Place place = placeOf(update);
      if (brought.changed().contains(place)) {
        counters.published.incrementAndGet();
        counters.deleted.addAndGet(update.isDeletion() ? 1 : 0);
        told.forget(place.toString());
      } else {
        retry.add(place);
      }
    }
    return brought.changed();
  }

  /**
   * Immutable: what is to be published.
   *
   * @param over the newer version that it is lifted over; empty where it is not
   */
  private record Decision(ConfigUpdate update, Optional<Revision> over) {}

  /**
   * What an entry makes news; empty where it does not.
   *
   * @param confirmed whether it was read from the store for this very comparison
   */
  private Optional<Decision> decide(SourceEntry entry, boolean confirmed)
      throws SourceException, InterruptedException {
    Place place = entry.place();
    shared.copy().keep(place.product());
    Optional<Revision> newest = shared.copy().newest(place);
    if (entry.isDeletion()) {
      return decideDeletion(entry, newest, confirmed);
    }
    String before = known.hash(place);
    known.put(place, Known.UNTOLD);
    JsonObject content = entry.format().parse(entry.value().orElseThrow().bytes());
    String hash = content.sha256();
    known.put(place, hash);
    if (newest.isPresent() && !newest.get().deleted() && newest.get().sha256().equals(hash)) {
      counters.unchanged.incrementAndGet();
      told.forget(entry.name());
      return Optional.empty();
    }
    if (newest.isPresent() && entry.revision() <= newest.get().version()) {
      if (!confirmed) {
        Optional<SourceEntry> now = source.read(place.product(), place.key());
        // Deleted meanwhile: the source tells that, too.
        if (now.isEmpty()) {
          return Optional.empty();
        }
        if (before != null) {
          known.put(place, before);
        }
        return decide(now.get(), true);
      }
      // A store without numbers is overruled where it says what it said before.
      boolean overruled = entry.revision() > 0 || hash.equals(before);
      return Optional.of(
          decision(entry, Optional.of(content), above(newest.get()), overruled ? newest : none()));
    }
    long version = Math.max(1, entry.revision());
    return Optional.of(decision(entry, Optional.of(content), version, none()));
  }

  private Optional<Decision> decideDeletion(
      SourceEntry entry, Optional<Revision> newest, boolean confirmed)
      throws SourceException, InterruptedException {
    if (newest.isEmpty() || newest.get().deleted()) {
      return Optional.empty();
    }
    if (shared.deletes() == Deletes.OFF) {
      counters.deletesIgnored.incrementAndGet();
      log(Level.INFO, entry.name() + " is gone there; the nodes keep it (watch.deletes is off)");
      return Optional.empty();
    }
    if (entry.revision() > newest.get().version()) {
      return Optional.of(decision(entry, Optional.empty(), entry.revision(), none()));
    }
    if (!confirmed && source.read(entry.product(), entry.key()).isPresent()) {
      return Optional.empty(); // There again: the source tells that, too.
    }
    return Optional.of(
        decision(
            entry, Optional.empty(), above(newest.get()), entry.revision() > 0 ? newest : none()));
  }

  private Decision decision(
      SourceEntry entry, Optional<JsonObject> content, long version, Optional<Revision> over) {
    ConfigUpdate update =
        new ConfigUpdate(entry.product(), entry.key(), version, content, Optional.empty());
    ConfigUpdate signed = shared.copy().signed(update);
    shared.fit().require(signed);
    return new Decision(signed, over);
  }

  private static Optional<Revision> none() {
    return Optional.empty();
  }

  private static long above(Revision newest) {
    if (newest.version() >= ConfigUpdate.MAX_VERSION) {
      throw new RejectedException(
          "the nodes hold version "
              + newest.version()
              + ", the highest that there can be, so that nothing can be published above it");
    }
    return newest.version() + 1;
  }

  private void tell(Decision decision, boolean listing, boolean quiet) {
    if (decision.over().isPresent()) {
      counters.lifted.incrementAndGet();
      log(
          quiet ? Level.DEBUG : Level.WARNING,
          decision.update()
              + " goes out above "
              + decision.over().get()
              + ", which is not what the store says: the store was set back, or somebody published"
              + " past it");
    } else {
      log(listing ? Level.DEBUG : Level.INFO, decision.update() + " is published");
    }
  }

  // What others changed in the copy.

  /** Another one changed a key in the copy; called on any thread. */
  void foreign(Place place, Revision revision) {
    String hash = known.hash(place);
    boolean asTold = !revision.deleted() && revision.sha256().equals(hash);
    if (active && hash != null && !hash.equals(Known.UNTOLD) && !asTold) {
      rechecks.add(place, shared.nanoTime().getAsLong());
      shared.outbox().wake();
    }
  }

  /** Compares with the store what is due; called on the thread that sends. */
  void recheck(long now) throws InterruptedException {
    for (Place place : rechecks.due(now)) {
      if (!active) {
        continue; // The next listing compares all.
      }
      try {
        Optional<SourceEntry> entry = source.read(place.product(), place.key());
        if (entry.isPresent()) {
          shared.outbox().add(take(List.of(entry.get()), false).changed());
        } else if (known.hash(place) != null) {
          // Deleted there, which could not be brought into the copy before.
          SourceEntry deletion =
              SourceEntry.deleted(place.product(), place.key(), known.revision());
          shared.outbox().add(take(List.of(deletion), false).changed());
        }
      } catch (SourceException e) {
        log(Level.DEBUG, place + " is compared later: " + e.getMessage());
        rechecks.add(place, now);
      }
    }
  }

  // Telling and remembering.

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
    } catch (StoreException e) {
      boolean isNew = told.isNew("known", String.valueOf(e.getMessage()));
      log(isNew ? Level.WARNING : Level.DEBUG, String.valueOf(e.getMessage()));
    }
  }

  private void cannot(Place place, RuntimeException e) {
    String reason = String.valueOf(e.getMessage());
    boolean isNew = told.isNew("copy", reason);
    log(isNew ? Level.WARNING : Level.DEBUG, place + " can not be taken for now: " + reason);
  }

  private void log(Level level, String text) {
    shared.log().log(level, source.name() + ": " + text);
  }

  private String origin() {
    return source.name();
  }

  private static Place placeOf(ConfigUpdate update) {
    return new Place(update.product(), update.key());
  }

  /** One line, whatever the store calls it. */
  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length() && i < 200; i++) {
      char c = name.charAt(i);
      text.append(c >= ' ' && c < 127 ? c : '?');
    }
    return name.length() > 200 ? text.append("...").toString() : text.toString();
  }
}
