package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.AttributeNotFoundException;

/**
 * A field that its value does not have, in our own words. Of the library's own type, so that {@code
 * is defined} and {@code | default(...)} work.
 */
final class MissingField extends AttributeNotFoundException {
  private static final long serialVersionUID = 1L;

  MissingField(String message, String field, int line, String file) {
    super(null, message, field, line, file);
  }
}
