package io.github.serfhandler.source;

import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.OwnFile;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes how the sources stand, as JSON, where that changed. Confined to one thread. A file that
 * can not be written is no reason to stop; it is logged.
 */
final class SourcesFile {
  /** Its name in {@link Discovery#OWN_FOLDER}. */
  static final String NAME = "watch.json";

  private final OwnFile file;

  SourcesFile(FileStore store, Path confDir, Logger log) {
    this.file = new OwnFile(store, confDir, NAME, log);
  }

  void write(List<SourceIntake> intakes, Outbox outbox) {
    file.write(render(intakes, outbox));
  }

  private static String render(List<SourceIntake> intakes, Outbox outbox) {
    List<JsonValue> rows = new ArrayList<>();
    for (SourceIntake intake : intakes) {
      JsonObject.Builder row =
          JsonObject.builder()
              .put("source", intake.name())
              .put("state", intake.state())
              .put("keys", intake.size());
      rows.add(intake.counters().addTo(row).build());
    }
    return JsonObject.builder()
            .put("pid", ProcessHandle.current().pid())
            .put("sources", JsonArray.of(rows))
            .put("sent", outbox.sent())
            .put("waiting", outbox.size())
            .put("sendFailures", outbox.failures())
            .build()
            .indented()
        + "\n";
  }
}
