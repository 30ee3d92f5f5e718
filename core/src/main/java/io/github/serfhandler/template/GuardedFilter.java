package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter whose work is counted, and whose failure says what was given to it, and where. */
final class GuardedFilter implements Filter {
  private final String name;
  private final Filter filter;
  private final Steps steps;

  GuardedFilter(String name, Filter filter, Steps steps) {
    this.name = name;
    this.filter = filter;
    this.steps = steps;
  }

  @Override
  public @Nullable List<String> getArgumentNames() {
    return filter.getArgumentNames();
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object input,
      Map<String, Object> arguments,
      PebbleTemplate self,
      EvaluationContext context,
      int line) {
    try {
      steps.take(input instanceof Collection<?> list ? list.size() : 1);
      return filter.apply(input, arguments, self, context, line);
    } catch (TemplateMistake e) {
      throw e.at(line, self.getName());
    } catch (PebbleException e) {
      throw e;
    } catch (RuntimeException e) { // The library's filters cast what they are given.
      throw new TemplateMistake(
          "the filter " + name + " can do nothing with " + Words.kind(input) + " like this",
          line,
          self.getName());
    }
  }
}
