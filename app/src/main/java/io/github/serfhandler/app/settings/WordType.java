package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Nearest;
import java.util.List;

/**
 * Immutable: one of a few words.
 *
 * @param <T> what a word stands for
 */
public final class WordType<T> implements ValueType<T> {
  private final List<String> words;
  private final List<T> values;

  /** A type whose n-th word stands for the n-th value. */
  public WordType(List<String> words, List<T> values) {
    if (words.size() != values.size()) {
      throw new IllegalArgumentException("as many words as values, not " + words + " " + values);
    }
    this.words = List.copyOf(words);
    this.values = List.copyOf(values);
  }

  @Override
  public T parse(String text) throws BadValueException {
    int index = words.indexOf(text);
    if (index < 0) {
      throw new BadValueException(
          "is not one of " + String.join(", ", words) + Nearest.hint(text, words));
    }
    return values.get(index);
  }

  @Override
  public String format(T value) {
    return words.get(values.indexOf(value));
  }

  @Override
  public String placeholder() {
    return String.join("|", words);
  }

  @Override
  public String allowed() {
    return "`" + String.join("`, `", words) + "`";
  }

  @Override
  public String schema() {
    return "\"enum\": [\"" + String.join("\", \"", words) + "\"]";
  }
}
