package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.ValueType;
import io.github.serfhandler.client.QueryRequest;
import java.util.Map;
import java.util.TreeMap;

/** Immutable: tags and the expressions that they must match, {@code KEY=REGEX}, one a line. */
final class TagsType implements ValueType<Map<String, String>> {
  @Override
  public Map<String, String> parse(String text) throws BadValueException {
    Map<String, String> tags = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new BadValueException("is no tag with an expression; write for example role=web");
      }
      String tag = line.substring(0, equals);
      String regex = line.substring(equals + 1);
      if (tags.put(tag, checked(tag, regex)) != null) {
        throw new BadValueException("names a tag twice; write one expression for both");
      }
    }
    return Map.copyOf(tags);
  }

  private static String checked(String tag, String regex) throws BadValueException {
    try {
      QueryRequest ignored = QueryRequest.builder("q").filterTag(tag, regex).build();
      return regex;
    } catch (IllegalArgumentException e) {
      throw new BadValueException("can not be used: " + e.getMessage());
    }
  }

  @Override
  public String format(Map<String, String> value) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> tag : new TreeMap<>(value).entrySet()) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(tag.getKey()).append('=').append(tag.getValue());
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return "KEY=REGEX";
  }

  @Override
  public String allowed() {
    return "a tag and an expression that a part of its value matches";
  }

  @Override
  public boolean repeats() {
    return true;
  }

  @Override
  public String schema() {
    return "\"type\": \"string\"";
  }
}
