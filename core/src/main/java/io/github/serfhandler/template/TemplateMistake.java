package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.PebbleException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a template, in our own words: one line, without file and line. */
final class TemplateMistake extends PebbleException {
  private static final long serialVersionUID = 1L;

  /** In a line of a file that is not known here; who knows it adds it with {@link #at}. */
  TemplateMistake(String message) {
    this(message, null, null);
  }

  /** In that line of that file. */
  TemplateMistake(String message, @Nullable Integer line, @Nullable String file) {
    super(null, message, line, file);
  }

  /** The same, in that place where none is known yet. */
  TemplateMistake at(int line, String file) {
    return getLineNumber() != null || getFileName() != null
        ? this
        : new TemplateMistake(getPebbleMessage(), line, file);
  }
}
