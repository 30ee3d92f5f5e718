package io.github.serfhandler.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Wherever a secret stands in a content, as a value or as a name, no refusal tells it. */
class SchemaSecretsPropertyTest {
  private static final String SECRET = "5ecre7";
  private static final String DIGITS = "73310";

  private static final String[] LEAVES = {
    "{\"type\":\"integer\"}",
    "{\"enum\":[1,\"b\"]}",
    "{\"const\":{\"a\":1}}",
    "{\"maxLength\":2}",
    "{\"minLength\":200}",
    "{\"pattern\":\"^b$\"}",
    "{\"maximum\":1}",
    "{\"minimum\":1e30}",
    "{\"exclusiveMaximum\":1,\"exclusiveMinimum\":1}",
    "{\"multipleOf\":7}",
    "{\"required\":[\"a\",\"z\"]}",
    "{\"dependentRequired\":{\"a\":[\"y\"],\"b\":[\"z\"]}}",
    "{\"uniqueItems\":true,\"maxItems\":1}",
    "{\"contains\":{\"const\":3}}",
    "{\"maxProperties\":1}",
    "{\"propertyNames\":{\"pattern\":\"^a$\"}}",
    "{\"additionalProperties\":false}",
    "{\"properties\":{\"a\":true},\"unevaluatedProperties\":false}",
    "{\"unevaluatedItems\":false}",
    "{\"patternProperties\":{\"e\":false}}",
    "{\"if\":{\"type\":\"object\"},\"then\":{\"minProperties\":9},\"else\":false}",
    "{\"format\":\"ipv4\"}",
    "false"
  };

  private static final List<JsonValue> SECRETS =
      List.of(
          JsonValue.of(SECRET),
          JsonValue.of("x" + SECRET + "/~\n"),
          JsonValue.of(DIGITS),
          JsonNumber.of(DIGITS),
          JsonNumber.of("0." + DIGITS),
          JsonNumber.of(DIGITS + "e" + DIGITS),
          JsonValue.parse("null"));

  private static final String[] NAMES = {
    "a", "b", SECRET, DIGITS, SECRET.toUpperCase(Locale.ROOT), "/" + SECRET, "x~" + DIGITS
  };

  private static final String[] AROUND_ONE = {"additionalProperties", "items", "not", "contains"};
  private static final String[] AROUND_NAMED = {"properties", "dependentSchemas"};
  private static final String[] AROUND_MANY = {"anyOf", "allOf", "oneOf", "prefixItems"};

  @Property(tries = 5000)
  void neverTellsASecret(@ForAll long seed) throws InterruptedException {
    Random random = new Random(seed);
    CompiledSchema compiled = CompiledSchema.of(Path.of("schema.json"), schema(random, 3));
    String line = compiled.misfit(object(random, 3)).orElse("");
    assertThat(line.toLowerCase(Locale.ROOT)).doesNotContain(SECRET, DIGITS, "\n");
    assertThat(line.length()).isLessThanOrEqualTo(200);
    Statistics.label("refused").collect(!line.isEmpty());
  }

  private static JsonValue schema(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(5);
    return switch (kind) {
      case 1 -> one(any(random, AROUND_ONE), schema(random, depth - 1));
      case 2 -> one(any(random, AROUND_NAMED), one("a", schema(random, depth - 1)));
      case 3, 4 -> {
        List<JsonValue> all = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          all.add(schema(random, depth - 1));
        }
        yield one(any(random, AROUND_MANY), JsonArray.of(all));
      }
      default -> JsonValue.parse(any(random, LEAVES));
    };
  }

  private static JsonObject object(Random random, int depth) {
    JsonObject object = JsonObject.EMPTY;
    for (int i = random.nextInt(4); i > 0; i--) {
      object = object.with(any(random, NAMES), value(random, depth - 1));
    }
    return object;
  }

  private static JsonValue value(Random random, int depth) {
    int kind = depth <= 0 ? 0 : random.nextInt(4);
    if (kind == 1) {
      return object(random, depth);
    }
    if (kind == 2) {
      List<JsonValue> all = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        all.add(value(random, depth - 1));
      }
      return JsonArray.of(all);
    }
    return SECRETS.get(random.nextInt(SECRETS.size()));
  }

  private static String any(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }

  private static JsonValue one(String name, JsonValue value) {
    return JsonObject.of(Map.of(name, value));
  }
}
