package io.github.serfhandler.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file in the {@link #FOLDER} that tells people how a part of the program stands; written where
 * its text changed. Confined to one thread. One that can not be written is no reason to stop; it is
 * logged.
 */
public final class OwnFile {
  /** Where serf-handler keeps what is its own, under the configuration directory. */
  public static final String FOLDER = ".serf-handler";

  private final FileStore store;
  private final Path file;
  private final Logger log;
  private String last = "";

  /** The file of that name below a configuration directory; nothing is written yet. */
  public OwnFile(FileStore store, Path confDir, String name, Logger log) {
    this.store = store;
    this.file = confDir.resolve(FOLDER).resolve(name);
    this.log = log;
  }

  /** Makes it say this. */
  public void write(String text) {
    if (text.equals(last)) {
      return;
    }
    try {
      store.write(file, text.getBytes(StandardCharsets.UTF_8));
      last = text;
    } catch (StoreException e) {
      log.log(Level.DEBUG, String.valueOf(e.getMessage()));
    }
  }
}
