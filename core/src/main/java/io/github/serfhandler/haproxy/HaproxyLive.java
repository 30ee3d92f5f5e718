package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.output.Live;
import io.github.serfhandler.output.LiveException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Brings a running HAProxy in line over its runtime socket: fills spare servers, drains and retires
 * those that are not wanted, sets weights. Confined to one thread.
 *
 * <p>Each call reads what HAProxy has, see {@link Plan}; nothing is remembered but since when a
 * server is drained. What can not be told (another shape of the file, or more new servers than
 * slots) is a need to reload, and the rest is done meanwhile.
 */
public final class HaproxyLive implements Live {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration WHILE_DRAINING = Duration.ofSeconds(1);

  /** HAProxy may have been restarted with an older file. */
  private static final Duration AT_REST = Duration.ofSeconds(10);

  private final HaproxySettings settings;
  private final Dialogue dialogue;
  private final LongSupplier nanoTime;
  private final Map<String, Long> drainedSince = new HashMap<>();

  /**
   * At the socket of these settings.
   *
   * @throws IllegalArgumentException where they have none
   */
  public HaproxyLive(HaproxySettings settings) {
    this(settings, PATIENCE, System::nanoTime);
  }

  HaproxyLive(HaproxySettings settings, Duration patience, LongSupplier nanoTime) {
    Path socket =
        settings
            .socket()
            .orElseThrow(
                () -> new IllegalArgumentException("HAProxy has no socket to be told at; set one"));
    this.settings = settings;
    this.dialogue = new Dialogue(socket, patience);
    this.nanoTime = nanoTime;
  }

  @Override
  public Standing bring(Snapshot snapshot) throws LiveException, InterruptedException {
    List<Backend> desired = Backend.all(settings, snapshot);
    String loaded = Answers.shape(dialogue.ask("show env " + Frame.VARIABLE));
    boolean sameShape = Frame.shape(settings, desired).equals(loaded);
    List<Running> actual = Answers.servers(dialogue.ask("show servers state"));
    Plan plan = Plan.of(desired, actual, departures(snapshot, actual));
    apply(plan);
    remember(plan, actual);
    return new Standing(
        !sameShape || plan.lacking() > 0,
        Optional.of(plan.draining().isEmpty() ? AT_REST : WHILE_DRAINING),
        plan.toString());
  }

  private Plan.Departures departures(Snapshot snapshot, List<Running> actual)
      throws LiveException, InterruptedException {
    Fates fates = Fates.of(snapshot);
    boolean drains = false;
    for (Running server : actual) {
      drains |= server.isDrain();
    }
    Map<String, Integer> connections =
        drains ? Answers.connections(dialogue.ask("show stat -1 4 -1")) : Map.of();
    long now = nanoTime.getAsLong();
    return new Plan.Departures() {
      @Override
      public boolean isGraceful(Backend backend, Running server) {
        return fates.isGraceful(backend, server);
      }

      @Override
      public boolean isOver(Running server) {
        Integer count = connections.get(server.path());
        Long since = drainedSince.get(key(server));
        return (count != null && count == 0)
            || (since != null && now - since >= settings.drain().toNanos());
      }
    };
  }

  private void apply(Plan plan) throws LiveException, InterruptedException {
    if (plan.isEmpty()) {
      return;
    }
    dialogue.take(plan.prepare());
    requireAddresses(plan.prepare());
    dialogue.take(plan.release());
  }

  /** No slot is made ready that is not where it should be, whatever HAProxy answered. */
  private void requireAddresses(List<Step> steps) throws LiveException, InterruptedException {
    Map<String, String> places = new HashMap<>();
    for (Step step : steps) {
      if (step.kind() == Step.Kind.ADDRESS) {
        places.put(step.server(), step.value());
      }
    }
    if (places.isEmpty()) {
      return;
    }
    for (Running server : Answers.servers(dialogue.ask("show servers state"))) {
      places.remove(server.path(), server.addr() + ' ' + server.port());
    }
    if (!places.isEmpty()) {
      Map.Entry<String, String> first = places.entrySet().iterator().next();
      throw new LiveException(
          "HAProxy did not give "
              + first.getKey()
              + " the address "
              + first.getValue()
              + "; reload HAProxy, and check that nobody else changes its servers");
    }
  }

  /** Since when the servers are drained that are; our own restart gives them the time anew. */
  private void remember(Plan plan, List<Running> actual) {
    Set<String> draining = new HashSet<>(plan.draining());
    Set<String> keys = new HashSet<>();
    for (Running server : actual) {
      if (draining.contains(server.path())) {
        keys.add(key(server));
      }
    }
    drainedSince.keySet().retainAll(keys);
    long now = nanoTime.getAsLong();
    for (String key : keys) {
      drainedSince.putIfAbsent(key, now);
    }
  }

  private static String key(Running server) {
    return server.path() + ' ' + server.addr() + ' ' + server.port();
  }
}
