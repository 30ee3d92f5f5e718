package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlanPropertyTest {
  private static final int[] ADMINS = {0, 4, 1, 5, 8, 12};

  /** Whatever HAProxy has, whatever is wanted, and wherever the steps are cut short. */
  @Property(tries = 2000)
  void leadsFromAnywhereToWhatIsWanted(@ForAll long seed, @ForAll boolean cut) {
    Random random = new Random(seed);
    FakeHaproxy haproxy = haproxy(random);
    Backend wanted = wanted(random);
    Plan.Departures departures = departures(random.nextInt(4), random.nextInt(4));
    Set<String> operators = operators(haproxy, wanted);

    Plan plan = Plan.of(List.of(wanted), haproxy.servers(), departures);
    List<Step> steps = new ArrayList<>(plan.prepare());
    steps.addAll(plan.release());
    int end = cut ? random.nextInt(steps.size() + 1) : steps.size();
    Set<String> places = places(wanted);
    Set<String> before = new HashSet<>();
    haproxy.inUse().forEach(server -> before.add(place(server)));
    for (Step step : steps.subList(0, end)) {
      haproxy.take(step);
      for (Running server : haproxy.inUse()) {
        assertThat(places.contains(place(server)) || before.contains(place(server))).isTrue();
      }
    }
    if (cut) {
      plan = Plan.of(List.of(wanted), haproxy.servers(), departures);
      plan.prepare().forEach(haproxy::take);
      plan.release().forEach(haproxy::take);
    }

    Set<String> used = new HashSet<>();
    haproxy.inUse().forEach(server -> used.add(place(server)));
    assertThat(places).containsAll(used);
    int missing = 0;
    for (Backend.Server server : wanted.servers()) {
      String place = server.addr() + " " + server.port();
      boolean there = used.contains(place) || server.weight() == 0 || operators.contains(place);
      missing += there ? 0 : 1;
    }
    assertThat(missing).isLessThanOrEqualTo(plan.lacking());
    for (Running server : haproxy.inUse()) {
      for (Backend.Server one : wanted.servers()) {
        if (place(server).equals(one.addr() + " " + one.port())) {
          assertThat(server.weight()).isEqualTo(one.weight());
        }
      }
    }
    // What was drained just now may be over already, whose slot may then be what was lacking.
    for (int i = 0; i < 2; i++) {
      plan = Plan.of(List.of(wanted), haproxy.servers(), departures);
      plan.prepare().forEach(haproxy::take);
      plan.release().forEach(haproxy::take);
    }
    assertThat(Plan.of(List.of(wanted), haproxy.servers(), departures).isEmpty()).isTrue();
  }

  /** The places of wanted servers that an operator took out of use, and nothing else is at. */
  private static Set<String> operators(FakeHaproxy haproxy, Backend wanted) {
    Set<String> out = new HashSet<>();
    for (Running server : haproxy.servers()) {
      if ((server.isMaint() || server.isDrain()) && server.weight() > 0) {
        out.add(place(server));
      }
    }
    out.retainAll(places(wanted));
    return out;
  }

  private static Set<String> places(Backend backend) {
    Set<String> places = new HashSet<>();
    backend.servers().forEach(server -> places.add(server.addr() + " " + server.port()));
    return places;
  }

  private static String place(Running server) {
    return server.addr() + " " + server.port();
  }

  private static FakeHaproxy haproxy(Random random) {
    FakeHaproxy haproxy = new FakeHaproxy();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      haproxy.put(
          new Running(
              "shop_web",
              "s" + i,
              "10.0.0." + random.nextInt(6),
              80 + random.nextInt(2),
              ADMINS[random.nextInt(ADMINS.length)],
              random.nextInt(3) * 50,
              new int[] {0, 2, 6}[random.nextInt(3)]));
    }
    return haproxy;
  }

  private static Backend wanted(Random random) {
    List<Backend.Server> servers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (random.nextBoolean()) {
        Instance instance = Fixtures.instance("n" + i, "10.0.0." + i, 80 + random.nextInt(2));
        servers.add(new Backend.Server(instance, random.nextInt(3) * 50, random.nextBoolean()));
      }
    }
    return new Backend("shop", "web", "shop_web", Optional.empty(), true, servers);
  }

  private static Plan.Departures departures(int graceful, int over) {
    return new Plan.Departures() {
      @Override
      public boolean isGraceful(Backend backend, Running server) {
        return server.addr().hashCode() % 4 < graceful;
      }

      @Override
      public boolean isOver(Running server) {
        return server.name().hashCode() % 4 < over;
      }
    };
  }
}
