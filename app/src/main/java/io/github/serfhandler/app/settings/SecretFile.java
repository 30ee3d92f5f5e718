package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.nio.file.Path;

/** Stateless: reads a secret from its file. */
final class SecretFile {
  private static final int MAX_BYTES = 4096;

  private SecretFile() {}

  /**
   * The secret, without one line end at its end.
   *
   * @param type what it has to be
   * @throws BadValueException when there is none; the message names the file and the remedy
   */
  static Secret read(Path path, SecretType type) throws BadValueException {
    String name = Printable.of(path.toString());
    String text;
    try {
      text = SmallFile.read(path, MAX_BYTES);
    } catch (IOException e) {
      throw new BadValueException(String.valueOf(e.getMessage()));
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty()) {
      throw new BadValueException(name + " is empty; write " + type.meaning() + " into it");
    }
    if (text.indexOf('\n') >= 0) {
      throw new BadValueException(
          name + " has several lines; " + type.meaning() + " stands on one line");
    }
    try {
      return type.parse(text);
    } catch (BadValueException e) {
      throw new BadValueException(name + " holds a value that " + e.getMessage());
    }
  }
}
