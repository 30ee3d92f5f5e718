package io.github.serfhandler.app.cli;

import java.util.List;
import java.util.Optional;

/** The commands that there are. Implemented by who knows them all. */
public interface CommandTable {
  /** Their names, in the order of the help. */
  List<String> names();

  /** The command of that name. Makes it, and touches no other. */
  Optional<Command> find(String name);
}
