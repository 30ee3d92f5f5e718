package io.github.serfhandler.catalog;

import java.time.Instant;

/**
 * Immutable: an instance whose member failed and that a view shows nevertheless.
 *
 * @param product its product
 * @param service its service
 * @param instance the instance
 * @param until when it goes if nothing else happens before
 */
public record Held(String product, String service, Instance instance, Instant until) {
  @Override
  public String toString() {
    return product + "/" + service + " " + instance + " until " + until;
  }
}
