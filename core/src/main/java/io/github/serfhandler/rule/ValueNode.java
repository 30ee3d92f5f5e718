package io.github.serfhandler.rule;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SimpleType;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonBool;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as the schema library looks at it; guarded as its steps are.
 *
 * <p>Numbers are compared by their exact value, whatever their length. One whose exponent is so far
 * out that writing it down would be work for minutes ends the validation.
 */
final class ValueNode implements JsonNode {
  /** The farthest digit from the point. */
  private static final int FARTHEST_DIGIT = 10_000;

  private final JsonValue value;
  private final String pointer;
  private final Steps steps;
  private final SimpleType type;
  private final @Nullable BigDecimal number;
  private @Nullable List<JsonNode> elements;
  private @Nullable Map<String, JsonNode> members;

  ValueNode(JsonValue value, String pointer, Steps steps) {
    this.value = value;
    this.pointer = pointer;
    this.steps = steps;
    this.number = value instanceof JsonNumber written ? exact(written, pointer) : null;
    this.type = type(value, number);
  }

  private static BigDecimal exact(JsonNumber written, String pointer) {
    BigDecimal exact;
    try {
      exact = written.asBigDecimal();
    } catch (JsonException e) {
      throw new Steps.Stopped(Steps.Stopped.Why.NUMBER, pointer);
    }
    if (exact.signum() != 0 && Math.abs((long) exact.scale()) > FARTHEST_DIGIT) {
      throw new Steps.Stopped(Steps.Stopped.Why.NUMBER, pointer);
    }
    return exact.stripTrailingZeros();
  }

  private static SimpleType type(JsonValue value, @Nullable BigDecimal number) {
    if (number != null) {
      return number.scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
    }
    if (value instanceof JsonText) {
      return SimpleType.STRING;
    }
    if (value instanceof JsonObject) {
      return SimpleType.OBJECT;
    }
    if (value instanceof JsonArray) {
      return SimpleType.ARRAY;
    }
    return value instanceof JsonBool ? SimpleType.BOOLEAN : SimpleType.NULL;
  }

  @Override
  public String getJsonPointer() {
    steps.take(Steps.VALUE);
    return pointer;
  }

  @Override
  public SimpleType getNodeType() {
    steps.take(Steps.VALUE);
    return type;
  }

  @Override
  public boolean asBoolean() {
    return value.asBoolean();
  }

  @Override
  public String asString() {
    steps.take(value.asText().length() + 1L);
    return value.asText();
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    if (number == null) {
      throw new IllegalStateException("not a number");
    }
    // Arithmetic takes time in proportion to the digits, or to their square.
    steps.take(Steps.VALUE + number.precision() + Math.abs((long) number.scale()));
    return number;
  }

  @Override
  public List<JsonNode> asArray() {
    List<JsonNode> known = elements;
    if (known == null) {
      JsonArray array = value.asArray();
      known = new ArrayList<>(array.size());
      for (JsonValue element : array) {
        steps.take(Steps.VALUE);
        known.add(new ValueNode(element, pointer + "/" + known.size(), steps));
      }
      elements = known;
    }
    return known;
  }

  @Override
  public Map<String, JsonNode> asObject() {
    Map<String, JsonNode> known = members;
    if (known == null) {
      known = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> member : value.asObject().members().entrySet()) {
        steps.take(Steps.VALUE);
        String name = member.getKey();
        String place = pointer + "/" + JsonNode.encodeJsonPointer(name);
        known.put(name, new ValueNode(member.getValue(), place, steps));
      }
      members = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    steps.take(Steps.VALUE);
    if (!(other instanceof ValueNode that) || type != that.type) {
      return false;
    }
    if (number != null) {
      return number.equals(that.number); // Both without trailing zeros.
    }
    return switch (type) {
      case ARRAY -> asArray().equals(that.asArray());
      case OBJECT -> asObject().equals(that.asObject());
      default -> value.equals(that.value);
    };
  }

  @Override
  public int hashCode() {
    steps.take(Steps.VALUE);
    if (number != null) {
      return number.hashCode();
    }
    return switch (type) {
      case ARRAY -> asArray().hashCode();
      case OBJECT -> asObject().hashCode();
      default -> value.hashCode();
    };
  }

  /** Its place: the content may be secret. */
  @Override
  public String toString() {
    return pointer;
  }

  @Override
  public String toPrintableString() {
    return pointer;
  }
}
