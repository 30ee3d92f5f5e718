package io.github.serfhandler.haproxy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable: what leads a running HAProxy from what it has to what it is to have. Computed from
 * those two alone, so that it does not matter who brought HAProxy there, nor when.
 *
 * <p>What this program takes out of use it marks, in HAProxy itself: its weight becomes 0 before it
 * is drained or put into maintenance, and spare servers have it from the file. So a server in
 * maintenance or drain whose instance is wanted is this program's with weight 0 (it was gone, or
 * filling its slot was cut short) and comes back; with any other weight it is an operator's and is
 * left alone. No order of steps ever leaves a state in between that reads as the operator's, or
 * sends traffic to an address that is not wanted.
 *
 * @param prepare the steps to be taken first; slots get their addresses by them
 * @param release the steps after those, once the addresses were read back
 * @param draining servers, as commands name them, that wait for their connections to end
 * @param lacking wanted servers for which there is no slot, or whose server can not be checked
 */
record Plan(List<Step> prepare, List<Step> release, List<String> draining, int lacking) {
  /** What becomes of servers that are not wanted. */
  interface Departures {
    /** Whether its instance went in good order, so that its connections may end by themselves. */
    boolean isGraceful(Backend backend, Running server);

    /** Whether a drained server's connections are gone, or were given time enough. */
    boolean isOver(Running server);
  }

  Plan {
    prepare = List.copyOf(prepare);
    release = List.copyOf(release);
    draining = List.copyOf(draining);
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return prepare.isEmpty() && release.isEmpty();
  }

  /** What it does, in a few words for a log; empty where that is nothing. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "";
    }
    Map<Step.Kind, Integer> counts = new EnumMap<>(Step.Kind.class);
    for (Step step : prepare) {
      counts.merge(step.kind(), 1, Integer::sum);
    }
    for (Step step : release) {
      counts.merge(step.kind(), 1, Integer::sum);
    }
    StringBuilder out = new StringBuilder();
    for (Map.Entry<Step.Kind, Integer> count : counts.entrySet()) {
      out.append(out.length() == 0 ? "" : ", ").append(count.getKey()).append(' ');
      out.append(count.getValue());
    }
    return out.toString();
  }

  /** The plan. Servers of other backends are left alone. */
  static Plan of(List<Backend> desired, List<Running> actual, Departures departures) {
    Map<String, List<Running>> byBackend = new HashMap<>();
    for (Running server : actual) {
      byBackend.computeIfAbsent(server.backend(), unused -> new ArrayList<>()).add(server);
    }
    Planner planner = new Planner(departures);
    for (Backend backend : desired) {
      planner.add(backend, byBackend.getOrDefault(backend.name(), List.of()));
    }
    return planner.plan();
  }

  /** Confined to one thread: makes one plan. */
  private static final class Planner {
    private final Departures departures;
    private final List<Step> prepare = new ArrayList<>();
    private final List<Step> release = new ArrayList<>();
    private final List<String> draining = new ArrayList<>();
    private int lacking;

    Planner(Departures departures) {
      this.departures = departures;
    }

    Plan plan() {
      return new Plan(prepare, release, draining, lacking);
    }

    void add(Backend backend, List<Running> servers) {
      Map<String, Backend.Server> wanted = new LinkedHashMap<>();
      for (Backend.Server server : backend.servers()) {
        wanted.put(server.addr() + ' ' + server.port(), server);
      }
      Map<String, Running> chosen = new HashMap<>();
      for (Running server : servers) {
        String place = server.addr() + ' ' + server.port();
        if (wanted.containsKey(place)) {
          chosen.merge(place, server, (one, other) -> rank(other) < rank(one) ? other : one);
        }
      }
      List<Running> free = new ArrayList<>();
      for (Running server : servers) {
        Running keeper = chosen.get(server.addr() + ' ' + server.port());
        if (keeper != null && keeper.name().equals(server.name())) {
          continue;
        }
        if (server.isMaint() || retire(backend, server)) {
          free.add(server);
        }
      }
      for (Map.Entry<String, Backend.Server> entry : wanted.entrySet()) {
        Running server = chosen.get(entry.getKey());
        if (server != null) {
          keep(server, entry.getValue());
        } else {
          fill(free, entry.getKey(), entry.getValue());
        }
      }
    }

    /** Of several at one place: one in use, else ours, else the operator's. */
    private static int rank(Running server) {
      return !server.isMaint() && !server.isDrain() ? 0 : server.weight() == 0 ? 1 : 2;
    }

    private void keep(Running server, Backend.Server wanted) {
      boolean out = server.isMaint() || server.isDrain();
      if (out && server.weight() != 0) {
        return;
      }
      if (wanted.checked() && !server.hasCheck()) {
        lacking++;
      }
      check(server, wanted, prepare);
      if (out) {
        release.add(new Step(Step.Kind.READY, server.path(), ""));
      }
      if (server.weight() != wanted.weight()) {
        release.add(weight(server, wanted.weight()));
      }
    }

    private void fill(List<Running> free, String place, Backend.Server wanted) {
      Running slot = null;
      for (Running one : free) {
        if (!wanted.checked() || one.hasCheck()) {
          slot = one;
          break;
        }
      }
      if (slot == null) {
        lacking++;
        return;
      }
      free.remove(slot);
      if (slot.weight() != 0 && (slot.isMaint() || slot.isDrain())) {
        prepare.add(weight(slot, 0));
      }
      prepare.add(new Step(Step.Kind.ADDRESS, slot.path(), place));
      check(slot, wanted, prepare);
      release.add(new Step(Step.Kind.READY, slot.path(), ""));
      if (wanted.weight() != 0) {
        release.add(weight(slot, wanted.weight()));
      }
    }

    private static void check(Running server, Backend.Server wanted, List<Step> to) {
      if (server.hasCheck() && server.isChecked() != wanted.checked()) {
        Step.Kind kind = wanted.checked() ? Step.Kind.CHECK : Step.Kind.UNCHECK;
        to.add(new Step(kind, server.path(), ""));
      }
    }

    /** Takes a server out of use that is not wanted; whether it is free by the end of that. */
    private boolean retire(Backend backend, Running server) {
      if (departures.isGraceful(backend, server)
          && !(server.isDrain() && departures.isOver(server))) {
        // After the new ones are in use, which may be this one's own node on another port.
        if (!server.isDrain()) {
          if (server.weight() != 0) {
            release.add(weight(server, 0));
          }
          release.add(new Step(Step.Kind.DRAIN, server.path(), ""));
        }
        draining.add(server.path());
        return false;
      }
      // The weight that an operator's drained server has is what marks it; it stays.
      if (!server.isDrain() && server.weight() != 0) {
        prepare.add(weight(server, 0));
      }
      prepare.add(new Step(Step.Kind.MAINT, server.path(), ""));
      return true;
    }

    private static Step weight(Running server, int weight) {
      return new Step(Step.Kind.WEIGHT, server.path(), String.valueOf(weight));
    }
  }
}
