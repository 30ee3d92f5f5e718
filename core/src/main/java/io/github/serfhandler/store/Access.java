package io.github.serfhandler.store;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Immutable: who may do what with a file.
 *
 * @param mode its permission bits, 0 to 07777; empty for those that it has, or a new one's by umask
 * @param owner its owner, a name or a number; empty for the one that it has
 * @param group its group, a name or a number; empty for the one that it has
 */
public record Access(OptionalInt mode, Optional<String> owner, Optional<String> group) {
  /** As it is. */
  public static final Access AS_IT_IS =
      new Access(OptionalInt.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the mode.
   *
   * @throws IllegalArgumentException where it is no mode
   */
  public Access {
    if (mode.isPresent() && (mode.getAsInt() < 0 || mode.getAsInt() > 07777)) {
      throw new IllegalArgumentException("a mode is 0 to 07777; write for example 0644");
    }
  }

  /** Whether nothing is to be changed. */
  public boolean isAsItIs() {
    return mode.isEmpty() && owner.isEmpty() && group.isEmpty();
  }
}
