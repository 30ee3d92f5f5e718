package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.catalog.GuardState;
import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.MassLossGuard;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.ProblemLog;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.TagProblem;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.SerfProtocolException;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.RenderedFile;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.Batch;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Outcome;
import io.github.serfhandler.store.OwnFile;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns members into files: one pass from what the agent tells to what applications read. Confined
 * to one thread.
 *
 * <p>Every pass looks at every file, so that it also puts right what someone deleted or edited, and
 * repeats what failed before.
 */
public final class Discovery {
  /** Where serf-handler keeps what is its own, under the configuration directory. */
  public static final String OWN_FOLDER = OwnFile.FOLDER;

  private final Interest interest;
  private final List<RenderedFile> files;
  private final Batch batch;
  private final Clock clock;
  private final GuardMemory memory;
  private final GuardSettings guardSettings;
  private final MassLossGuard guard;
  private final ProblemLog problemLog = new ProblemLog();
  private final Utf8Buffer buffer = new Utf8Buffer();
  private Map<String, Node> lost = Map.of();
  private Snapshot last = Snapshot.of(View.EMPTY);
  private @Nullable Vicinity vicinity;
  private @Nullable BooleanSupplier distancesWanted;
  private @Nullable ClockJumps clockJumps;

  /**
   * Discovery into {@code folder}; reads the guard's memory there.
   *
   * @param folder the configuration directory; made by the first write where it is missing
   * @param interest the products to show
   * @param plain the files to write; those of them that are not plain are someone else's concern
   * @param guardSettings when to hold what is lost
   * @param store writes the files
   * @param clock the wall clock, for the guard
   * @param warnings receives a line where the guard's memory can not be used
   */
  public Discovery(
      Path folder,
      Interest interest,
      List<FileSpec> plain,
      GuardSettings guardSettings,
      FileStore store,
      Clock clock,
      Consumer<String> warnings) {
    this.interest = interest;
    this.files = new ArrayList<>();
    for (FileSpec spec : plain) {
      if (spec.isPlain()) {
        files.add(new RenderedFile(spec, store));
      }
    }
    this.batch = store.batch();
    this.clock = clock;
    this.memory = new GuardMemory(store, folder.resolve(OWN_FOLDER).resolve("guard"));
    this.guardSettings = guardSettings;
    this.guard = new MassLossGuard(guardSettings, memory.load(warnings));
  }

  /**
   * From now on also asks how far away the nodes are.
   *
   * @param wanted asked at each pass whether any file wants to know; any thread's state
   */
  public void measure(Vicinity by, BooleanSupplier wanted) {
    vicinity = by;
    distancesWanted = wanted;
  }

  /**
   * From now on a wall clock that is set neither ends nor prolongs what the guard holds.
   *
   * @param nanoTime a clock that never goes back, in nanoseconds, as {@code System::nanoTime}
   */
  void noticeJumps(LongSupplier nanoTime) {
    clockJumps = new ClockJumps(nanoTime, clock.instant());
  }

  /**
   * What the next pass would show of these members; nothing is written, and the guard's memory
   * stays as it is.
   *
   * @param agentName the local agent, whose tags may say what to show
   * @throws SerfProtocolException where the agent itself is not among the members
   */
  public Snapshot preview(String agentName, List<Member> members) {
    Catalog catalog = Catalog.of(members);
    requireAgent(catalog, agentName);
    View view =
        new MassLossGuard(guardSettings, guard.state())
            .pass(catalog, interest.of(catalog, agentName), clock.instant());
    return new Snapshot(agentName, catalog, view, distances(agentName, view), lost(catalog, view));
  }

  /**
   * Brings the files in line with the members. A file that can not be written does not keep the
   * others from it.
   *
   * @param agentName the local agent, whose tags may say what to show
   * @throws io.github.serfhandler.client.SerfException where it is to measure distances and the
   *     agent can not be asked
   * @throws SerfProtocolException where the agent itself is not among the members; nothing is
   *     written then
   */
  public PassResult pass(String agentName, List<Member> members) {
    Instant now = clock.instant();
    if (clockJumps != null) {
      guard.clockWasSet(clockJumps.until(now));
    }
    Catalog catalog = Catalog.of(members);
    requireAgent(catalog, agentName);
    GuardState before = guard.state();
    View view = guard.pass(catalog, interest.of(catalog, agentName), now);
    List<TagProblem> fresh = problemLog.fresh(catalog);
    List<Path> updated = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    lost = lost(catalog, view);
    Snapshot snapshot = new Snapshot(agentName, catalog, view, distances(agentName, view), lost);
    if (last.equals(snapshot)) {
      snapshot = last; // Whoever compares the two again sees at once that they are the same.
    }
    last = snapshot;
    for (RenderedFile file : files) {
      try {
        if (file.show(snapshot, buffer, batch) == Outcome.UPDATED) {
          updated.add(file.path());
        }
      } catch (StoreException | RenderException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    batch.sync();
    try {
      memory.keep(guard.state());
    } catch (StoreException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    Optional<Duration> nextDeadline =
        guard.nextDeadline().map(deadline -> Duration.between(now, deadline));
    return new PassResult(
        agentName,
        members,
        snapshot,
        freshHeld(view, before),
        fresh,
        problemLog.size(),
        updated,
        failures,
        nextDeadline);
  }

  /**
   * What was known of nodes whose instances are held and of which the agent knows nothing, as one
   * that was just restarted: else a server that takes no load would be given its share meanwhile.
   */
  private Map<String, Node> lost(Catalog catalog, View view) {
    if (view.held().isEmpty()) {
      return Map.of();
    }
    Map<String, Node> nodes = new HashMap<>();
    for (Held held : view.held()) {
      String name = held.instance().node();
      if (catalog.node(name).isEmpty()) {
        Node known = last.node(name).orElse(lost.get(name));
        if (known != null) {
          nodes.put(name, known);
        }
      }
    }
    return nodes;
  }

  private Map<String, Double> distances(String agentName, View view) {
    Vicinity by = vicinity;
    BooleanSupplier wanted = distancesWanted;
    return by != null && wanted != null && wanted.getAsBoolean()
        ? by.of(agentName, view)
        : Map.of();
  }

  private static List<Held> freshHeld(View view, GuardState before) {
    if (view.held().isEmpty()) {
      return List.of();
    }
    Set<List<Object>> known = new HashSet<>();
    for (GuardState.Loss loss : before.losses()) {
      if (loss.held()) {
        known.add(List.of(loss.product(), loss.service(), loss.instance()));
      }
    }
    List<Held> fresh = new ArrayList<>();
    for (Held held : view.held()) {
      if (!known.contains(List.of(held.product(), held.service(), held.instance()))) {
        fresh.add(held);
      }
    }
    return fresh;
  }

  /** An answer that is none would otherwise read as an empty cluster, and empty every file. */
  private static void requireAgent(Catalog catalog, String agentName) {
    if (catalog.node(agentName).isEmpty()) {
      String name = agentName.isEmpty() ? "that tells no name" : agentName;
      throw new SerfProtocolException(
          "the Serf agent "
              + name
              + " is not among the members that it tells: another program answers at its address,"
              + " or it was replaced at this moment; check the address, a retry is safe",
          true,
          null);
    }
  }
}
