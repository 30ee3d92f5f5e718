package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.ValueType;
import io.github.serfhandler.config.ConfigUpdate;

/** Immutable: the version of a piece of configuration. */
final class VersionType implements ValueType<Long> {
  @Override
  public Long parse(String text) throws BadValueException {
    long number = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && number >= 0; i++) {
      char c = text.charAt(i);
      number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : -1;
      if (number > ConfigUpdate.MAX_VERSION) {
        number = -1;
      }
    }
    if (number < 0) {
      throw new BadValueException("is not a version; allowed is " + allowed());
    }
    return number;
  }

  @Override
  public String format(Long value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return "N";
  }

  @Override
  public String allowed() {
    return "0 to " + ConfigUpdate.MAX_VERSION;
  }

  @Override
  public String schema() {
    return "\"type\": \"integer\", \"minimum\": 0, \"maximum\": " + ConfigUpdate.MAX_VERSION;
  }
}
