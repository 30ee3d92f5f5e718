package io.github.serfhandler.app.wiring;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.catalog.GuardState;
import io.github.serfhandler.catalog.GuardStateFile;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Immutable: what the mass-loss guard remembers in a configuration directory, for commands that
 * only look.
 *
 * @param state the memory; empty where there is none
 * @param problem why it cannot be used, one line
 */
public record GuardRecord(GuardState state, Optional<String> problem) {
  /** Reads it; a missing file is an empty memory. */
  public static GuardRecord read(Path confDir) {
    Path file = confDir.resolve(Discovery.OWN_FOLDER).resolve("guard");
    try {
      Optional<byte[]> bytes =
          new FileStore(Clock.systemUTC(), notice -> {}).read(file, GuardStateFile.MAX_BYTES);
      if (bytes.isEmpty()) {
        return new GuardRecord(GuardState.EMPTY, Optional.empty());
      }
      GuardStateFile.Loaded loaded = GuardStateFile.decode(bytes.get());
      return new GuardRecord(
          loaded.state(),
          loaded.problem().map(problem -> Printable.of(file.toString()) + ": " + problem));
    } catch (StoreException e) {
      return new GuardRecord(GuardState.EMPTY, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public String toString() {
    return state.toString();
  }
}
