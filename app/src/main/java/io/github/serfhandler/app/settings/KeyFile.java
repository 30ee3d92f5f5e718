package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.nio.file.Path;

/** Stateless: reads the key of the RPC from its file. */
final class KeyFile {
  private static final int MAX_BYTES = 4096;

  private KeyFile() {}

  /**
   * The key, without one line end at its end.
   *
   * @throws BadValueException when there is none; the message names the file and the remedy
   */
  static Secret read(Path path) throws BadValueException {
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
      throw new BadValueException(
          Printable.of(path.toString()) + " is empty; write the agent's -rpc-auth into it");
    }
    if (text.indexOf('\n') >= 0) {
      throw new BadValueException(
          Printable.of(path.toString()) + " has several lines; the key is one line");
    }
    return new Secret(text);
  }
}
