package io.github.serfhandler.source;

import io.github.serfhandler.config.ConfigLockException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.publish.TooLongException;
import io.github.serfhandler.replica.Replica;
import io.github.serfhandler.source.KeyLayout.Place;
import io.github.serfhandler.store.StoreException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a store tells with this node's copy, which is kept equal to what the fleet holds,
 * gives what differs a version, and brings it into the copy. Thread-safe: one comparison at a time,
 * by the lock of {@link Copy}.
 *
 * <p>The version is the store's own number where that is higher than what is held. Where it is not
 * (a store that was rebuilt and counts from the beginning again, somebody who published past it, a
 * store without a number) the store is asked for the value once more, and what it says now gets one
 * more than what is held: so the fleet never stays with an old value, and one who is behind never
 * overrules what is newer. Two that follow the same store give the same versions, as a rule; where
 * they do not, the same rule makes both end with what the store says.
 */
final class Comparison {
  private static final int TOLD_OF_A_LISTING = 3;

  private final ConfigSource source;
  private final Known known;
  private final SourceIntake.Shared shared;
  private final Counters counters;
  private final SourceLog log;

  Comparison(
      ConfigSource source,
      Known known,
      SourceIntake.Shared shared,
      Counters counters,
      SourceLog log) {
    this.source = source;
    this.known = known;
    this.shared = shared;
    this.counters = counters;
    this.log = log;
  }

  /**
   * Immutable: what came of entries.
   *
   * @param changed those that came into the copy
   * @param lifted how many of them went above a newer version
   * @param retry those that are to be compared once more: the store could not be asked, the copy
   *     not be read or written, or it was changed meanwhile
   */
  record Taken(Collection<Place> changed, int lifted, Set<Place> retry) {}

  /**
   * Takes entries, each of another key.
   *
   * @param listing whether they are a part of a listing: then less is told, and the keys are not
   *     remembered at once
   */
  Taken take(Collection<SourceEntry> entries, boolean listing) throws InterruptedException {
    List<Decision> decisions = new ArrayList<>();
    Set<Place> retry = new HashSet<>();
    shared.copy().lock.lock();
    try {
      for (SourceEntry entry : entries) {
        decide(entry, decisions, retry);
      }
      // New keys are remembered before they come into the copy, and what is gone is forgotten after
      // it is gone there: so a crash in between costs no deletion.
      if (!listing) {
        remember();
      }
      Set<Place> changed = bring(decisions, retry);
      for (SourceEntry entry : entries) {
        if (entry.isDeletion() && !retry.contains(entry.place())) {
          known.remove(entry.place());
        }
      }
      int lifted = tell(decisions, changed, listing);
      return new Taken(changed, lifted, retry);
    } finally {
      shared.copy().lock.unlock();
    }
  }

  private void remember() {
    try {
      known.saveKeys();
      if (known.isSaved()) {
        log.fine("known");
      }
    } catch (StoreException e) {
      log.failed("known", String.valueOf(e.getMessage()));
    }
  }

  private void decide(SourceEntry entry, List<Decision> decisions, Set<Place> retry)
      throws InterruptedException {
    try {
      Optional<Decision> decision = decide(entry, false);
      if (decision.isPresent()) {
        decisions.add(decision.get());
      }
    } catch (RejectedException | TooLongException e) {
      log.skipped(entry.name(), String.valueOf(e.getMessage()));
    } catch (SourceException e) {
      log.log(Level.DEBUG, entry.name() + " is compared later: " + e.getMessage());
      retry.add(entry.place());
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      cannot(entry.place(), String.valueOf(e.getMessage()));
      retry.add(entry.place());
    }
  }

  private Set<Place> bring(List<Decision> decisions, Set<Place> retry) throws InterruptedException {
    List<ConfigUpdate> updates = new ArrayList<>();
    Set<Place> left = new HashSet<>();
    for (Decision decision : decisions) {
      updates.add(decision.update());
      left.add(decision.place());
    }
    if (updates.isEmpty()) {
      return Set.of();
    }
    Copy.Brought brought;
    try {
      brought = shared.copy().bring(updates, source.name());
    } catch (StoreException | ConfigLockException | UncheckedIOException e) {
      cannot(decisions.get(0).place(), String.valueOf(e.getMessage()));
      retry.addAll(left);
      return Set.of();
    }
    left.removeAll(brought.changed());
    for (Replica.Refused refused : brought.refused()) {
      Place place = placeOf(refused.update());
      if (refused.retry()) {
        cannot(place, refused.reason());
      } else {
        log.skipped(place.toString(), "refused on this node: " + refused.reason());
        left.remove(place);
      }
    }
    // What is left was changed by another one meanwhile, or could not be written.
    retry.addAll(left);
    return brought.changed();
  }

  private int tell(List<Decision> decisions, Set<Place> changed, boolean listing) {
    int lifted = 0;
    for (Decision decision : decisions) {
      if (!changed.contains(decision.place())) {
        continue;
      }
      counters.published.incrementAndGet();
      counters.deleted.addAndGet(decision.update().isDeletion() ? 1 : 0);
      log.fine(decision.place().toString());
      if (decision.over().isPresent()) {
        lifted++;
        counters.lifted.incrementAndGet();
        boolean quiet = listing && lifted > TOLD_OF_A_LISTING;
        log.log(
            quiet ? Level.DEBUG : Level.WARNING,
            decision.update()
                + " goes out above "
                + decision.over().get()
                + ", which is not what the store says: the store was set back, or somebody"
                + " published past it");
      } else {
        log.log(listing ? Level.DEBUG : Level.INFO, decision.update() + " is published");
      }
    }
    return lifted;
  }

  /**
   * Immutable: what is to be published.
   *
   * @param over the newer version that it is lifted over; empty where it is not
   */
  private record Decision(ConfigUpdate update, Optional<Revision> over) {
    Place place() {
      return placeOf(update);
    }
  }

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
      return decideDeletion(entry, newest);
    }
    String before = known.hash(place);
    known.put(place, Known.UNTOLD);
    JsonObject content = entry.format().parse(entry.value().orElseThrow().bytes());
    String hash = content.sha256();
    known.put(place, hash);
    if (newest.isPresent() && !newest.get().deleted() && newest.get().sha256().equals(hash)) {
      counters.unchanged.incrementAndGet();
      log.fine(entry.name());
      return Optional.empty();
    }
    if (newest.isEmpty() || entry.revision() > newest.get().version()) {
      long version = Math.max(1, entry.revision());
      return Optional.of(decision(entry, Optional.of(content), version, Optional.empty()));
    }
    if (!confirmed) {
      Optional<SourceEntry> now = source.read(place.product(), place.key());
      if (before != null) {
        known.put(place, before);
      }
      // Deleted meanwhile: the source tells that, too.
      return now.isEmpty() ? Optional.empty() : decide(now.get(), true);
    }
    // A store without numbers overrules somebody where it says what it said before.
    boolean overrules = entry.revision() > 0 || hash.equals(before);
    return Optional.of(
        decision(
            entry,
            Optional.of(content),
            above(newest.get()),
            overrules ? newest : Optional.empty()));
  }

  private Optional<Decision> decideDeletion(SourceEntry entry, Optional<Revision> newest)
      throws SourceException, InterruptedException {
    if (newest.isEmpty() || newest.get().deleted()) {
      return Optional.empty();
    }
    if (shared.deletes() == Deletes.OFF) {
      counters.deletesIgnored.incrementAndGet();
      log.log(
          Level.INFO, entry.name() + " is gone there; the nodes keep it (watch.deletes is off)");
      return Optional.empty();
    }
    if (entry.revision() > newest.get().version()) {
      return Optional.of(decision(entry, Optional.empty(), entry.revision(), Optional.empty()));
    }
    if (source.read(entry.product(), entry.key()).isPresent()) {
      return Optional.empty(); // There again: the source tells that, too.
    }
    Optional<Revision> over = entry.revision() > 0 ? newest : Optional.empty();
    return Optional.of(decision(entry, Optional.empty(), above(newest.get()), over));
  }

  private Decision decision(
      SourceEntry entry, Optional<JsonObject> content, long version, Optional<Revision> over) {
    ConfigUpdate update =
        new ConfigUpdate(entry.product(), entry.key(), version, content, Optional.empty());
    ConfigUpdate signed = shared.copy().signed(update);
    shared.fit().require(signed);
    return new Decision(signed, over);
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

  private void cannot(Place place, String reason) {
    log.failed(place.toString(), place + " can not be taken for now: " + reason);
  }

  private static Place placeOf(ConfigUpdate update) {
    return new Place(update.product(), update.key());
  }
}
