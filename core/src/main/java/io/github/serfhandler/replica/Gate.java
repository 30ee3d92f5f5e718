package io.github.serfhandler.replica;

import io.github.serfhandler.config.ConfigUpdate;
import java.util.Optional;

/** What is asked of an update before it is stored, beyond that it is well formed and trusted. */
public interface Gate {
  /** Lets everything in. */
  Gate OPEN = new Open();

  /** Why the update may not be stored here: one line, without its content; empty where it may. */
  Optional<String> refusal(ConfigUpdate update) throws InterruptedException;

  /** Stateless; a class, since the first lambda of a process costs milliseconds. */
  final class Open implements Gate {
    private Open() {}

    @Override
    public Optional<String> refusal(ConfigUpdate update) {
      return Optional.empty();
    }
  }
}
