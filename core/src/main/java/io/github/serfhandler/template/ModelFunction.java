package io.github.serfhandler.template;

import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function that templates can call, whose arguments are checked. */
final class ModelFunction implements Function {
  /** What it does. */
  @FunctionalInterface
  interface Body {
    @Nullable Object apply(Arguments arguments);
  }

  private final String name;
  private final List<String> parameters;
  private final Body body;

  ModelFunction(String name, List<String> parameters, Body body) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
  }

  /** As people write it: {@code instances(product, service)}. */
  private String signature() {
    return name + "(" + String.join(", ", parameters) + ")";
  }

  @Override
  public List<String> getArgumentNames() {
    return parameters;
  }

  @Override
  public @Nullable Object execute(
      Map<String, Object> given, PebbleTemplate self, EvaluationContext context, int line) {
    if (parameters.isEmpty() && !given.isEmpty()) {
      throw new TemplateMistake(signature() + " takes nothing", line, self.getName());
    }
    try {
      return body.apply(new Arguments(given));
    } catch (TemplateMistake e) {
      throw e.at(line, self.getName());
    }
  }

  /** What one call was given. */
  final class Arguments {
    private final Map<String, Object> given;

    private Arguments(Map<String, Object> given) {
      this.given = given;
    }

    boolean has(String parameter) {
      return given.containsKey(parameter);
    }

    /** Text. */
    String text(String parameter) {
      Object value = given.get(parameter);
      if (value instanceof String || value instanceof SafeString) {
        return value.toString();
      }
      throw wrong("text as its " + parameter, parameter);
    }

    /** A whole number. */
    long number(String parameter) {
      if (given.get(parameter) instanceof Number number) {
        return number.longValue();
      }
      throw wrong("a number as its " + parameter, parameter);
    }

    /** The name of a node, of which the node itself or one of its instances may be given, too. */
    String node(String parameter) {
      Object value = given.get(parameter);
      if (value instanceof NodeFields node) {
        return node.name();
      } else if (value instanceof InstanceFields instance) {
        return instance.node();
      } else if (value instanceof String || value instanceof SafeString) {
        return value.toString();
      }
      throw wrong("the name of a node, a node or an instance", parameter);
    }

    /** A list. */
    Iterable<?> list(String parameter) {
      if (given.get(parameter) instanceof Iterable<?> list) {
        return list;
      }
      throw wrong("a list as its " + parameter, parameter);
    }

    TemplateMistake wrong(String wanted, String parameter) {
      String found = has(parameter) ? Words.kind(given.get(parameter)) : "nothing";
      return new TemplateMistake(signature() + " takes " + wanted + ", not " + found);
    }
  }
}
