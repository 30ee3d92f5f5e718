package io.github.serfhandler.rule;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps {@code pattern} and {@code patternProperties} from matching for ever. Java's regular
 * expressions go back over a text in as many ways as they can, which may be more than there is time
 * for, and can not be interrupted. So each match is made twice: first on a text that counts its
 * steps and ends a match that takes too many, then by the library, in as many steps. Guarded by who
 * has it: one validation at a time.
 */
final class BoundedPatterns implements EvaluatorFactory {
  private final Steps steps;

  /** Counts on these; not on those of a node, since the library makes nodes of its own. */
  BoundedPatterns(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode node) {
    List<Pattern> patterns = new ArrayList<>();
    boolean names = keyword.equals("patternProperties");
    if (keyword.equals("pattern") && node.isString()) {
      patterns.add(Pattern.compile(node.asString()));
    } else if (names && node.isObject()) {
      for (String pattern : node.asObject().keySet()) {
        patterns.add(Pattern.compile(pattern));
      }
    } else {
      return Optional.empty();
    }
    Optional<Evaluator> library =
        context.getDialect().getEvaluatorFactory().create(context, keyword, node);
    return library.isEmpty()
        ? library
        : Optional.of(new Bounded(List.copyOf(patterns), names, library.get()));
  }

  private final class Bounded implements Evaluator {
    private final List<Pattern> patterns;
    private final boolean names;
    private final Evaluator library;

    Bounded(List<Pattern> patterns, boolean names, Evaluator library) {
      this.patterns = patterns;
      this.names = names;
      this.library = library;
    }

    @Override
    public Result evaluate(EvaluationContext context, JsonNode node) {
      if (!names && node.isString()) {
        match(node.asString());
      } else if (names && node.isObject()) {
        for (String name : node.asObject().keySet()) {
          match(name);
        }
      }
      return library.evaluate(context, node);
    }

    private void match(String text) {
      for (int i = 0; i < patterns.size(); i++) {
        boolean unused = patterns.get(i).matcher(new SteppedText(text, steps)).find();
      }
    }

    @Override
    public int getOrder() {
      return library.getOrder();
    }
  }
}
