package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.GuardState;
import io.github.serfhandler.catalog.GuardStateFile;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Stamp;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The file in which the mass-loss guard's memory outlives the process, so that a restart in the
 * middle of a partition, or the next run of a cron job, knows what was there before. Confined to
 * one thread.
 */
final class GuardMemory {
  private final FileStore store;
  private final Path file;
  private GuardState stored = GuardState.EMPTY;
  private Optional<Stamp> stamp = Optional.empty();

  GuardMemory(FileStore store, Path file) {
    this.store = store;
    this.file = file;
  }

  /** What was remembered; nothing where the file is missing or can not be used. */
  GuardState load(Consumer<String> warnings) {
    try {
      Optional<byte[]> bytes = store.read(file, GuardStateFile.MAX_BYTES);
      if (bytes.isPresent()) {
        GuardStateFile.Loaded loaded = GuardStateFile.decode(bytes.get());
        loaded.problem().ifPresent(problem -> warnings.accept(file + ": " + problem));
        stored = loaded.state();
        stamp = store.stamp(file);
      }
    } catch (StoreException e) {
      warnings.accept(String.valueOf(e.getMessage()));
    }
    return stored;
  }

  /**
   * Writes it down where it differs from what was written last, or somebody touched the file.
   *
   * @throws StoreException where that is impossible
   */
  void keep(GuardState state) {
    if (!state.equals(stored) || !stamp.equals(store.stamp(file))) {
      store.write(file, GuardStateFile.encode(state));
      stored = state;
      stamp = store.stamp(file);
    }
  }
}
