package io.github.serfhandler.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of HAProxy's servers: what the steps do to them. Confined to one thread. */
final class FakeHaproxy {
  private static final int MAINT = 1;
  private static final int DRAIN = 8;

  private final Map<String, Running> servers = new LinkedHashMap<>();

  void put(Running server) {
    servers.put(server.path(), server);
  }

  List<Running> servers() {
    return new ArrayList<>(servers.values());
  }

  /** Those that get new connections. */
  List<Running> inUse() {
    List<Running> used = new ArrayList<>();
    for (Running server : servers.values()) {
      if (!server.isMaint() && !server.isDrain() && server.weight() > 0) {
        used.add(server);
      }
    }
    return used;
  }

  void take(Step step) {
    Running s = servers.get(step.server());
    if (s == null) {
      throw new AssertionError(step);
    }
    int bits = s.admin() & ~(MAINT | DRAIN);
    Running now =
        switch (step.kind()) {
          case ADDRESS -> {
            if (!s.isMaint()) {
              throw new AssertionError("the address of a server in use: " + step);
            }
            String[] place = step.value().split(" ", -1);
            yield new Running(
                s.backend(),
                s.name(),
                place[0],
                Integer.parseInt(place[1]),
                s.admin(),
                s.weight(),
                s.check());
          }
          case WEIGHT -> with(s, s.admin(), Integer.parseInt(step.value()), s.check());
          case CHECK -> with(s, s.admin(), s.weight(), s.check() | 4);
          case UNCHECK -> with(s, s.admin(), s.weight(), s.check() & ~4);
          case READY -> with(s, bits, s.weight(), s.check());
          case DRAIN -> with(s, bits | DRAIN, s.weight(), s.check());
          case MAINT -> with(s, s.admin() | MAINT, s.weight(), s.check());
        };
    put(now);
  }

  private static Running with(Running s, int admin, int weight, int check) {
    return new Running(s.backend(), s.name(), s.addr(), s.port(), admin, weight, check);
  }
}
