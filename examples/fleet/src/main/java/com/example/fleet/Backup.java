package com.example.fleet;

import java.io.IOException;
import java.nio.file.Path;

/** Saves a database; an interface, so that the handler's tests need none. */
public interface Backup {
  /**
   * Saves it.
   *
   * @param folder where to
   * @param label what to call the copy
   * @return how many bytes were saved
   */
  long save(Path folder, String label) throws IOException;
}
