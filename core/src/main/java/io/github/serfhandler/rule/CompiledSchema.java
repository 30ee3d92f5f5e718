package io.github.serfhandler.rule;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.MessageProvider;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * A schema in the library's hands; the only class that others know of those that know it.
 * Thread-safe: one validation at a time.
 */
final class CompiledSchema {
  private final Validator validator;
  // Those of the schema's own values too: a content is compared with them.
  private final Steps steps;
  private final URI uri;
  private final Places places;

  private CompiledSchema(Validator validator, Steps steps, URI uri, Places places) {
    this.validator = validator;
    this.steps = steps;
    this.uri = uri;
    this.places = places;
  }

  /**
   * Compiles one.
   *
   * @throws SchemaException where it is none
   */
  static CompiledSchema of(Path file, JsonValue schema) {
    Steps steps = new Steps(Steps.MOST);
    Validator validator =
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withEvaluatorFactory(new BoundedPatterns(steps))
            .withJsonNodeFactory(new Nodes())
            .withMessageProvider(new Names())
            .createValidator();
    try {
      URI uri = validator.registerSchema(new ValueNode(schema, "", steps));
      return new CompiledSchema(validator, steps, uri, new Places(schema));
    } catch (InvalidSchemaException e) {
      Places all = new Places(schema, true);
      throw new SchemaException(
          file,
          "not a schema of draft 2020-12: "
              + all.line(schema, e.getErrors())
              + "; mend it at that place",
          e);
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          file,
          "a pattern is no regular expression of Java's ("
              + e.getDescription()
              + " near character "
              + e.getIndex()
              + "); mend it",
          e);
    } catch (JsonSchemaException | Steps.Stopped | IllegalArgumentException e) {
      throw new SchemaException(
          file, "it can not be used (" + e.getClass().getSimpleName() + "); make it simpler", e);
    } catch (StackOverflowError e) {
      throw new SchemaException(file, "nested too deep; make it simpler");
    }
  }

  /** See {@link Schema#misfit}. */
  synchronized Optional<String> misfit(JsonObject content) throws InterruptedException {
    steps.begin(Steps.MOST);
    try {
      Validator.Result result = validator.validate(uri, new ValueNode(content, "", steps));
      return result.isValid()
          ? Optional.empty()
          : Optional.of(places.line(content, result.getErrors()));
    } catch (Steps.Stopped e) {
      return switch (e.why()) {
        case INTERRUPTED -> {
          boolean unused = Thread.interrupted(); // As all that throw this leave it.
          throw new InterruptedException("interrupted in a validation");
        }
        case TOO_LONG -> Optional.of("it takes too long to validate");
        case NUMBER -> Optional.of(places.shown(content, e.pointer()) + ": exponent out of range");
      };
    } catch (StackOverflowError e) {
      return Optional.of("it takes too deep a stack to validate");
    } catch (JsonSchemaException e) {
      return Optional.of("its schema names something that is not there");
    }
  }

  /** Stateless: makes nodes of values; nothing is ever read from a text but the draft itself. */
  private static final class Nodes implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object node) {
      return (JsonNode) node;
    }

    @Override
    public JsonNode create(String rawJson) {
      return new ValueNode(JsonValue.parse(rawJson), "", new Steps(Long.MAX_VALUE));
    }
  }

  /** Stateless: the names of missing members, which stand in the schema, and no other message. */
  private static final class Names implements MessageProvider {
    @Override
    public String getMessage(String key, Object... args) {
      if (key.startsWith("required") || key.startsWith("dependentRequired")) {
        return args.length > 0 && args[0] instanceof Collection<?> missing ? sorted(missing) : "";
      }
      return "";
    }

    private static String sorted(Collection<?> names) {
      List<String> sorted = names.stream().map(String::valueOf).sorted().toList();
      return String.join(", ", sorted);
    }
  }
}
