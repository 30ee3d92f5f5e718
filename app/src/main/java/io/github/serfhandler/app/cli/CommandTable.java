package io.github.serfhandler.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands that there are. Implemented by who knows them all. A command of a group has the
 * group's name and its own, as {@code config publish}.
 */
public interface CommandTable {
  /** Their names, in the order of the help; those of a group one after the other. */
  List<String> names();

  /** The command of that name. Makes it, and touches no other. */
  Optional<Command> find(String name);

  /** What the group of that name is for, in a line without a full stop; empty where it is none. */
  default Optional<String> group(String name) {
    return Optional.empty();
  }

  /** The names of the commands of a group, with the group's. */
  default List<String> namesIn(String group) {
    List<String> members = new ArrayList<>();
    for (String name : names()) {
      if (name.startsWith(group + " ")) {
        members.add(name);
      }
    }
    return members;
  }
}
