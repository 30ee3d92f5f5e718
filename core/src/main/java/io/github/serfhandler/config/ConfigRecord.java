package io.github.serfhandler.config;

import java.util.List;
import java.util.Optional;

/**
 * Immutable: what a node knows of a key: its versions, without their contents, see {@link
 * ConfigStore#content}.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param versions the newest first; one at least
 */
public record ConfigRecord(String product, String key, List<Head> versions) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where it is empty
   */
  public ConfigRecord {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a record has a version");
    }
  }

  /** The version that counts. */
  public Head newest() {
    return versions.get(0);
  }

  /** The version of that revision; empty where it is not known any more, or never was. */
  public Optional<Head> version(Revision revision) {
    for (Head head : versions) {
      if (head.revision().equals(revision)) {
        return Optional.of(head);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return product + "/" + key + " " + newest().revision();
  }
}
