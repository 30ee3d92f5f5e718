package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: the user events and queries about configuration, by the names that they have in Serf.
 * Handlers of the original know the first one alone, and ignore the others.
 */
public enum ConfigEvent {
  /** A version of a key, see {@link ConfigMessage}. */
  UPDATED("config_updated"),
  /** A key is deleted from a version on. The same message without {@code c}. */
  DELETED("config_deleted"),
  /** A version of a key that is too long for gossip, see {@link Announcement}. */
  ANNOUNCED("config_announced"),
  /** What a node holds, so that others notice where they differ. */
  DIGEST("config_digest"),
  /** Asks what a node holds; a query alone. */
  STATUS("config_status");

  private final String wireName;

  ConfigEvent(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in Serf. */
  public String wireName() {
    return wireName;
  }

  /** The one of that name in Serf. */
  public static Optional<ConfigEvent> of(String wireName) {
    for (ConfigEvent event : values()) {
      if (event.wireName.equals(wireName)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
