package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.replica.StatusAnswer;
import java.util.Optional;

/**
 * Immutable: what is known of a key before a version of it is published.
 *
 * @param name the key
 * @param newest the newest revision that this node's files or an answer tell; empty where there is
 *     none
 * @param refused the highest version that a node has seen and refused; -1 where there is none
 * @param unheard whether nodes of the product were asked and not one has told its status
 */
record NextVersion(KeyName name, Optional<ShortRevision> newest, long refused, boolean unheard) {

  /** What this node's files and the answers tell. */
  static NextVersion of(KeyName name, Optional<ShortRevision> local, Answers answers) {
    Optional<ShortRevision> newest = local;
    long refused = -1;
    for (StatusAnswer answer : answers.told().values()) {
      if (answer.key().isPresent() && !answer.key().get().isHeld()) {
        refused = Math.max(refused, answer.key().get().refused().orElse(-1L));
      } else if (answer.key().isPresent()) {
        ShortRevision told = ShortRevision.of(answer.key().get());
        if (newest.isEmpty() || told.compareTo(newest.get()) > 0) {
          newest = Optional.of(told);
        }
        refused = Math.max(refused, answer.key().get().refused().orElse(-1L));
      }
    }
    // An answer that tells no status, as that of a node with a full disk, is none.
    boolean asked = !answers.silent().isEmpty() || !answers.unclear().isEmpty();
    boolean unheard = answers.told().isEmpty() && asked;
    return new NextVersion(name, newest, refused, unheard);
  }

  /**
   * One more than the newest.
   *
   * @throws FailedException where it can not be known
   */
  long afterNewest() {
    if (newest.isEmpty() && unheard) {
      throw new FailedException(
          "cannot tell the next version of "
              + name
              + ": no node of "
              + name.product()
              + " has told which it has, and there is none in the configuration directory of this node;"
              + " give --version");
    }
    long known = Math.max(refused, newest.isEmpty() ? 0 : newest.get().version());
    if (known >= ConfigUpdate.MAX_VERSION) {
      throw new FailedException(
          "cannot publish "
              + name
              + ": a node tells of version "
              + known
              + ", the highest that there can be; see which one with: serf-handler config status "
              + name.product()
              + " "
              + name.key()
              + ", and publish with --version where it is not to be believed");
    }
    return known + 1;
  }

  /**
   * Refuses an update that the nodes would ignore, and a second content under one version, of which
   * nobody could tell beforehand which one counts.
   *
   * @throws FailedException where such a one is known; the same one may be sent once more
   */
  void refuseKnown(ConfigUpdate update) {
    if (newest.isEmpty()
        || newest.get().version() < update.version()
        // Nobody gets beyond that one: whether it is to be believed is for people to say.
        || newest.get().version() == ConfigUpdate.MAX_VERSION
        || newest.get().equals(ShortRevision.of(update.revision()))) {
      return;
    }
    throw new FailedException(
        "cannot publish "
            + update
            + ": "
            + newest.get()
            + " is known"
            + (newest.get().version() == update.version() ? " with another content" : "")
            + "; give a higher --version or leave it out");
  }

  /**
   * Refuses to work with what is not the newest.
   *
   * @param base the revision that is worked with
   * @throws FailedException where a newer one is known
   */
  void refuseOutdated(ShortRevision base) {
    if (newest.isPresent() && newest.get().compareTo(base) > 0) {
      throw new FailedException(
          "this node holds "
              + base
              + " of "
              + name
              + ", but "
              + newest.get()
              + " is known; run this on another node, wait until this one has it, or say with --to"
              + " which version is meant");
    }
  }
}
