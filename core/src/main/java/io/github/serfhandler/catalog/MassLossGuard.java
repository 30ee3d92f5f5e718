package io.github.serfhandler.catalog;

import io.github.serfhandler.catalog.GuardState.Cause;
import io.github.serfhandler.catalog.GuardState.Loss;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the last known instances of a service when most of them fail at once. Confined to the
 * thread of the discovery loop.
 *
 * <p>When the local agent loses sight of others (a partition, an overloaded host), Serf reports
 * them all as failed, and an honest rendering would empty every file at the worst moment. So each
 * pass looks at every visible service. An instance is <em>lost</em> when it was alive at the pass
 * before and its member is failed now, or is not known at all any more; it counts for the window's
 * length (30 s), and as long as members anywhere in the cluster keep failing in one {@link
 * LossWave}. When at least two are lost, and they are more than half of all (those alive now, those
 * lost, those held already), then all the lost ones are held, also those that earlier passes had
 * dropped from the view already.
 *
 * <p>Serf forgets a member only a day after it failed or left, so one that was alive and is then
 * unknown tells that the agent was restarted and has not joined again yet. That loss is held like
 * any other; and where most of the nodes that the view showed are unknown at once, all of them are
 * held, also a service's only instance. For the same reason an agent that knows nobody but itself
 * lets go of nothing.
 *
 * <p>A held instance stays until its member is alive again, {@code leaving}, {@code left} or, after
 * it had failed, forgotten by the agent (reaped, or pruned by hand), or its tags or address no
 * longer give this very instance, or the hold time (10 min) since its failure is over. It is then
 * forgotten, and cannot be held again before it was alive again. What was never seen alive is never
 * held.
 *
 * <p>Time comes in with each pass, by the wall clock and to the millisecond, because the memory
 * must survive the process. Who stays is told how far the clock was set ({@link #clockWasSet}), and
 * nothing ends sooner or later for it. Between two processes a clock that was set back makes
 * failures look as if they had happened just now: a hold lasts longer once, by at most the hold
 * time, and never for ever; one that was set forward by more than the hold time ends it.
 */
public final class MassLossGuard {
  private final GuardSettings settings;
  private GuardState state;
  private LossWave wave = LossWave.NONE;
  private Set<String> known = Set.of();
  private boolean forgetful;
  private Optional<Instant> deadline = Optional.empty();

  /** A guard that remembers nothing: members that have failed already are not shown. */
  public MassLossGuard(GuardSettings settings) {
    this(settings, GuardState.EMPTY);
  }

  /** A guard that goes on where another one, perhaps of another process, left off. */
  public MassLossGuard(GuardSettings settings, GuardState state) {
    this.settings = settings;
    this.state = state;
  }

  /**
   * One pass: the view to show now. The same members at a later time may give another view, at the
   * latest at {@link #nextDeadline()}.
   */
  public View pass(Catalog catalog, Subscription subscription, Instant time) {
    View honest = catalog.view(subscription);
    deadline = Optional.empty();
    if (!settings.enabled()) {
      state = GuardState.EMPTY;
      return honest;
    }
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    wave = state.wave().next(catalog.failed(), now, settings.window());
    Map<String, Map<Instance, Loss>> before = byService(state.losses());
    known = names(catalog);
    forgetful = isForgetful();
    List<Loss> after = new ArrayList<>();
    for (String product : honest.products().keySet()) {
      for (String service : toJudge(catalog, product)) {
        if (subscription.sees(product, service)) {
          Map<Instance, Loss> known = before.getOrDefault(key(product, service), Map.of());
          after.addAll(judge(catalog, product, service, known, now));
        }
      }
    }
    state = new GuardState(honest, after, wave);
    return withHeld(honest, after);
  }

  /** The wall clock was set by so much: all that is remembered moves with it. */
  public void clockWasSet(Duration by) {
    if (!by.isZero()) {
      state = state.later(by);
    }
  }

  /** When the first hold ends by itself: a pass is due then. Empty where nothing is held. */
  public Optional<Instant> nextDeadline() {
    return deadline;
  }

  /** What to remember beyond this process; equal to the last one where nothing changed. */
  public GuardState state() {
    return state;
  }

  /** The services in which something may be lost, in order. Loops: lambdas cost start-up time. */
  private SortedSet<String> toJudge(Catalog catalog, String product) {
    SortedSet<String> services = new TreeSet<>();
    for (Map.Entry<String, Catalog.Instances> service : catalog.services(product).entrySet()) {
      if (!service.getValue().failed().isEmpty()) {
        services.add(service.getKey());
      }
    }
    for (Map.Entry<String, List<Instance>> service : state.alive().services(product).entrySet()) {
      if (!service.getValue().equals(catalog.instances(product, service.getKey()).alive())) {
        services.add(service.getKey());
      }
    }
    for (Loss loss : state.losses()) {
      if (loss.product().equals(product)) {
        services.add(loss.service());
      }
    }
    return services;
  }

  /** What to remember of the lost instances of one service. */
  private List<Loss> judge(
      Catalog catalog, String product, String service, Map<Instance, Loss> before, Instant now) {
    Catalog.Instances instances = catalog.instances(product, service);
    List<Instance> aliveBefore = state.alive().instances(product, service);
    List<Loss> candidates = new ArrayList<>();
    for (Instance instance : instances.failed()) {
      Loss known = before.get(instance);
      if (Collections.binarySearch(aliveBefore, instance) >= 0) {
        candidates.add(new Loss(product, service, instance, Cause.FAILED, now, false));
      } else if (known != null) {
        candidates.add(known.because(Cause.FAILED));
      }
    }
    for (Instance instance : aliveBefore) {
      if (isUnknown(instance)) {
        candidates.add(new Loss(product, service, instance, Cause.VANISHED, now, false));
      }
    }
    for (Loss loss : before.values()) {
      if ((isAlone() || loss.cause() == Cause.VANISHED) && isUnknown(loss.instance())) {
        candidates.add(loss);
      }
    }
    return held(candidates, instances.alive().size(), now);
  }

  /** Those of the candidates that matter still, in order; held where they are a mass loss. */
  private List<Loss> held(List<Loss> candidates, int alive, Instant now) {
    List<Loss> losses = new ArrayList<>();
    int lost = 0;
    for (Loss candidate : candidates) {
      Loss loss = notAfter(now, candidate);
      if (matters(loss, now)) {
        losses.add(loss);
        lost += isRecent(loss, now) ? 1 : 0;
      }
    }
    losses.sort(Comparator.comparing(Loss::instance));
    if (lost >= settings.minimum() && lost > settings.fraction() * (alive + losses.size())) {
      losses.replaceAll(loss -> isRecent(loss, now) ? loss.whileHeld() : loss);
    } else if (forgetful) {
      losses.replaceAll(loss -> loss.cause() == Cause.VANISHED ? loss.whileHeld() : loss);
    }
    return losses;
  }

  /**
   * Whether the agent knows nobody but itself any more, or not most of those shown alive before.
   */
  private boolean isForgetful() {
    Set<String> nodes = new HashSet<>();
    int unknown = 0;
    for (SortedMap<String, List<Instance>> services : state.alive().products().values()) {
      for (List<Instance> instances : services.values()) {
        for (Instance instance : instances) {
          if (nodes.add(instance.node()) && isUnknown(instance)) {
            unknown++;
          }
        }
      }
    }
    return unknown > 0 && (isAlone() || unknown > settings.fraction() * nodes.size());
  }

  /** Whether the agent knows nobody but itself. */
  private boolean isAlone() {
    return known.size() <= 1;
  }

  private boolean isUnknown(Instance instance) {
    return !known.contains(instance.node());
  }

  /** A set: each instance is looked up in each pass, and the catalog compares digits as numbers. */
  private static Set<String> names(Catalog catalog) {
    Set<String> names = new HashSet<>(catalog.nodes().size() * 2);
    for (Node node : catalog.nodes()) {
      names.add(node.name());
    }
    return names;
  }

  private static Map<String, Map<Instance, Loss>> byService(List<Loss> losses) {
    Map<String, Map<Instance, Loss>> services = new HashMap<>();
    for (Loss loss : losses) {
      String key = key(loss.product(), loss.service());
      Map<Instance, Loss> instances = services.get(key);
      if (instances == null) {
        instances = new HashMap<>();
        services.put(key, instances);
      }
      instances.put(loss.instance(), loss);
    }
    return services;
  }

  /** No legal name holds a slash. */
  private static String key(String product, String service) {
    return product + "/" + service;
  }

  private boolean matters(Loss loss, Instant now) {
    return loss.held() ? now.isBefore(endOf(loss)) : isRecent(loss, now);
  }

  private boolean isRecent(Loss loss, Instant now) {
    boolean inWindow = !now.isAfter(loss.failedAt().plus(settings.window()));
    return now.isBefore(endOf(loss))
        && (inWindow || wave.holds(loss.failedAt(), now, settings.window()));
  }

  private Instant endOf(Loss loss) {
    return loss.failedAt().plus(settings.hold());
  }

  /** A time in the future can only come from a clock that was set back since. */
  private static Loss notAfter(Instant now, Loss loss) {
    return loss.failedAt().isAfter(now) ? loss.at(now) : loss;
  }

  private View withHeld(View honest, List<Loss> losses) {
    List<Held> held = new ArrayList<>();
    Map<String, List<Instance>> shown = new HashMap<>();
    SortedMap<String, SortedMap<String, List<Instance>>> products =
        new TreeMap<>(honest.products());
    for (Loss loss : losses) {
      if (loss.held()) {
        Instant end = endOf(loss);
        held.add(new Held(loss.product(), loss.service(), loss.instance(), end));
        if (deadline.isEmpty() || end.isBefore(deadline.get())) {
          deadline = Optional.of(end);
        }
        String key = key(loss.product(), loss.service());
        List<Instance> instances = shown.get(key);
        if (instances == null) {
          instances = new ArrayList<>(honest.instances(loss.product(), loss.service()));
          shown.put(key, instances);
          SortedMap<String, List<Instance>> services =
              new TreeMap<>(products.getOrDefault(loss.product(), new TreeMap<>()));
          services.put(loss.service(), instances);
          products.put(loss.product(), services);
        }
        instances.add(loss.instance());
      }
    }
    return held.isEmpty() ? honest : new View(products, held);
  }
}
