package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the new bytes of a file on the disk, beside it where that is possible. Thread-safe. */
final class Staging {
  /**
   * Immutable: what is to be staged.
   *
   * @param place where it is to be
   * @param bytes what it is to hold
   * @param grant the mode and the owner that it is to have
   * @param secret whether a new file is for its owner alone
   * @param checked whether a program is to look at it, so that its name matters
   */
  record Work(
      Place place, ByteBuffer bytes, Optional<Grant> grant, boolean secret, boolean checked) {
    /** Whether others may not see it before it has the mode that it is to have. */
    boolean beginsPrivate() {
      return secret
          || place.existing().isPresent()
          || (grant.isPresent() && grant.get().saysMode());
    }

    String ending() {
      return checked ? TempFiles.ending(place.named()) : TempFiles.SUFFIX;
    }
  }

  private final FileStore store;
  private final TempFiles temps;
  private final Ownership ownership;

  Staging(FileStore store, TempFiles temps, Ownership ownership) {
    this.store = store;
    this.temps = temps;
    this.ownership = ownership;
  }

  /** The candidate; where there is none, nothing is left behind. */
  Candidate stage(Work work) throws IOException {
    Place place = work.place();
    Path directory = place.directory();
    temps.sweep(directory);
    Path temp;
    try {
      temp = temps.create(directory, work.ending(), work.beginsPrivate());
    } catch (IOException e) {
      // On a read-only root, say, which has writable files mounted into it.
      if (place.existing().isEmpty() || !MountPoints.contain(place.file())) {
        throw e;
      }
      return new Candidate(store, place, work.bytes(), work.grant(), elsewhere(work), false);
    }
    fill(temp, work, true);
    return new Candidate(store, place, work.bytes(), work.grant(), temp, true);
  }

  private @Nullable Path elsewhere(Work work) throws IOException {
    if (!work.checked()) {
      return null;
    }
    Path directory = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    temps.sweep(directory);
    Path temp = temps.create(directory, work.ending(), true);
    fill(temp, work, false);
    return temp;
  }

  private void fill(Path temp, Work work, boolean becomesTheFile) throws IOException {
    try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
      Contents.fill(channel, work.bytes());
      if (becomesTheFile && work.place().existing().isPresent()) {
        boolean withMode = work.grant().isEmpty() || !work.grant().get().saysMode();
        ownership.copy(work.place().existing().get(), withMode, temp, work.place().file());
      }
      if (becomesTheFile && work.grant().isPresent()) {
        work.grant().get().giveTo(temp);
      }
      channel.force(true);
    } catch (IOException | StoreException e) {
      TempFiles.remove(temp, e);
      throw e;
    }
  }
}
