package io.github.serfhandler.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jackson's reading of a text, as maps, lists, texts and, for numbers, their own characters. */
final class Judge {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A number as it was written. */
  record Digits(String text) {}

  /** Stands for {@code null}. */
  enum Nothing {
    NULL
  }

  private Judge() {}

  /** What the text says; empty where it is no JSON. */
  static Optional<Object> read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      Object value = value(parser, parser.nextToken());
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new IOException("ended");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          members.put(name, value(parser, parser.nextToken()));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          elements.add(value(parser, next));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Nothing.NULL;
      default -> throw new IOException("unexpected " + token);
    };
  }

  /** Our value in the same shape. */
  static Object plain(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> members = new LinkedHashMap<>();
      object.members().forEach((name, member) -> members.put(name, plain(member)));
      return members;
    } else if (value instanceof JsonArray array) {
      return array.elements().stream().map(Judge::plain).toList();
    } else if (value instanceof JsonText text) {
      return text.asText();
    } else if (value instanceof JsonNumber number) {
      return new Digits(number.text());
    } else if (value instanceof JsonBool bool) {
      return bool.asBoolean();
    }
    return Nothing.NULL;
  }
}
