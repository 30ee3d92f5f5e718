package io.github.serfhandler.template;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter of ours. */
final class OwnFilter implements Filter {
  /** What it does. */
  @FunctionalInterface
  interface Body {
    Object apply(@Nullable Object input, Map<String, Object> arguments);
  }

  private final List<String> parameters;
  private final Body body;

  OwnFilter(List<String> parameters, Body body) {
    this.parameters = parameters;
    this.body = body;
  }

  @Override
  public List<String> getArgumentNames() {
    return parameters;
  }

  @Override
  public Object apply(
      @Nullable Object input,
      Map<String, Object> arguments,
      PebbleTemplate self,
      EvaluationContext context,
      int line) {
    return body.apply(input, arguments);
  }
}
