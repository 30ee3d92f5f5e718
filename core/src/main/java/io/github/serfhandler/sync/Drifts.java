package io.github.serfhandler.sync;

import io.github.serfhandler.config.Drift;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Stateless: how the log tells that a file is not what its record says, and what to do. */
final class Drifts {
  private Drifts() {}

  static void tell(String product, String key, Optional<Drift> drift, Logger log) {
    String name = product + "/" + key;
    if (drift.isEmpty()) {
      log.log(Level.INFO, name + ".json is what it should be again");
      return;
    }
    String remedy =
        "; it is left alone. Take it back with: serf-handler config restore "
            + product
            + " "
            + key
            + ", or spread it with: serf-handler config publish "
            + product
            + " "
            + key
            + " FILE";
    switch (drift.get()) {
      case EDITED -> log.log(Level.WARNING, name + ".json was edited by hand" + remedy);
      case BROKEN ->
          log.log(Level.WARNING, name + ".json is not a configuration any more" + remedy);
      case UNMANAGED ->
          log.log(
              Level.INFO,
              name + ".json was not published here; it stays as it is until an update comes");
      case BEHIND -> log.log(Level.WARNING, name + ".json could not be written; tried again soon");
    }
  }
}
