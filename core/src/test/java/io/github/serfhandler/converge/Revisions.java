package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;

/** Revisions for tests. */
final class Revisions {
  private Revisions() {}

  static Revision revision(long version, String content) {
    return Revision.of(version, JsonObject.builder().put("x", content).build());
  }
}
