package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;

/** What this node holds of one key, and how its repair stands. Confined to one thread. */
final class Held {
  /** Where the key waits for no repair. */
  static final int NOT_WAITING = -1;

  private final String name;
  private Revision revision;
  private Line line;
  private long hash;

  /** When an update of it, at least as new as what is held, came or went over the network. */
  long newsAt;

  /** Its place among the repairs that wait. */
  int waiting = NOT_WAITING;

  /** Whether its repair was sent from here and has not come back yet. */
  boolean echo;

  Held(String name, long key, Revision revision, long now) {
    this.name = name;
    this.revision = revision;
    this.line = Line.of(key, revision);
    this.hash = line.hash();
    this.newsAt = now;
  }

  String name() {
    return name;
  }

  Revision revision() {
    return revision;
  }

  Line line() {
    return line;
  }

  /** That of the line. */
  long hash() {
    return hash;
  }

  /** Holds another revision from now on. */
  void become(Revision other) {
    this.revision = other;
    this.line = Line.of(line.key(), other);
    this.hash = line.hash();
  }
}
