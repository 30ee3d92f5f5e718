package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The formats that a file may have. */
public enum FileFormat {
  /** {@code services.json}. */
  JSON,
  /** {@code services.yml}. */
  YAML,
  /** {@code fakedhosts.txt}. */
  FAKEDHOSTS,
  /** A managed block in a hosts file. */
  HOSTS,
  /** HAProxy's configuration. */
  HAPROXY,
  /** Upstreams of nginx. */
  NGINX,
  /** Targets of Prometheus, as its {@code file_sd} reads them. */
  PROMETHEUS,
  /** Shell variables. */
  ENV,
  /** What a template makes of it. */
  TEMPLATE;

  /** All words, in their order. */
  static final List<String> WORDS = words();

  /** As it is written in the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FileFormat parse(String text) throws BadValueException {
    for (FileFormat format : values()) {
      if (format.word().equals(text)) {
        return format;
      }
    }
    throw new BadValueException(
        "is no format of a file; there are "
            + String.join(", ", WORDS)
            + Nearest.hint(text, WORDS));
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (FileFormat format : values()) {
      words.add(format.word());
    }
    return List.copyOf(words);
  }
}
