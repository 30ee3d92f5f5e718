package io.github.serfhandler.template;

import io.pebbletemplates.pebble.extension.Function;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of templates, by their names. Confined to one thread, as their rendering is. */
final class Functions {
  /** The longest list that a range may be. */
  static final int MAX_RANGE = 100_000;

  private static final List<String> NONE = List.of();

  private final Rendering rendering;
  private final Map<String, Function> all = new LinkedHashMap<>();

  private Functions(Rendering rendering) {
    this.rendering = rendering;
  }

  static Map<String, Function> of(Rendering rendering) {
    Functions functions = new Functions(rendering);
    functions.add("products", NONE, given -> rendering.model().products());
    functions.add("services", List.of("product"), functions::services);
    functions.add(
        "instances",
        List.of("product", "service"),
        given -> rendering.model().instances(given.text("product"), given.text("service")));
    functions.add("nodes", NONE, given -> rendering.model().nodes());
    functions.add("node", List.of("name"), given -> rendering.model().node(given.text("name")));
    functions.add("tags", List.of("node"), given -> rendering.model().tags(given.node("node")));
    functions.add("nearest", List.of("instances"), functions::nearest);
    functions.add("range", List.of("start", "end", "increment"), functions::range);
    return functions.all;
  }

  private void add(String name, List<String> parameters, ModelFunction.Body body) {
    all.put(name, new ModelFunction(name, parameters, body));
  }

  private Object services(ModelFunction.Arguments given) {
    return given.has("product")
        ? rendering.model().services(given.text("product"))
        : rendering.model().services();
  }

  private record Placed(Object one, double distance) {}

  private List<Object> nearest(ModelFunction.Arguments given) {
    List<Placed> placed = new ArrayList<>();
    for (Object one : given.list("instances")) {
      placed.add(new Placed(one, distance(given, one)));
    }
    rendering.steps().take(placed.size());
    placed.sort(Comparator.comparingDouble(Placed::distance)); // Stable.
    List<Object> sorted = new ArrayList<>(placed.size());
    for (Placed one : placed) {
      sorted.add(one.one());
    }
    return sorted;
  }

  private double distance(ModelFunction.Arguments given, @Nullable Object one) {
    String node;
    if (one instanceof InstanceFields instance) {
      node = instance.node();
    } else if (one instanceof NodeFields known) {
      node = known.name();
    } else {
      throw given.wrong("a list of instances or nodes", "instances");
    }
    Double distance = rendering.model().distance(node);
    return distance == null ? Double.POSITIVE_INFINITY : distance;
  }

  private List<Long> range(ModelFunction.Arguments given) {
    long start = given.number("start");
    long end = given.number("end");
    long increment = given.has("increment") ? given.number("increment") : 1;
    if (increment == 0) {
      throw new TemplateMistake("range(start, end, increment) takes an increment other than 0");
    }
    List<Long> range = new ArrayList<>();
    for (long i = start; increment > 0 ? i <= end : i >= end; i += increment) {
      if (range.size() == MAX_RANGE) {
        throw new TemplateMistake("a range has at most " + MAX_RANGE + " numbers");
      }
      range.add(i);
      if (increment > 0 ? i > Long.MAX_VALUE - increment : i < Long.MIN_VALUE - increment) {
        break;
      }
    }
    rendering.steps().take(range.size());
    return range;
  }
}
