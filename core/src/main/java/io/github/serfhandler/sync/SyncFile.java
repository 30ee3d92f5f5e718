package io.github.serfhandler.sync;

import io.github.serfhandler.converge.Convergence;
import io.github.serfhandler.converge.ProductStatus;
import io.github.serfhandler.converge.Status;
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
import java.util.Map;

/**
 * Writes how equal this node's copy is to those of the others, as JSON, where that changed.
 * Confined to one thread.
 */
final class SyncFile {
  /** Its name in {@link Discovery#OWN_FOLDER}. */
  static final String NAME = "sync.json";

  /**
   * Immutable: what is counted outside of the algorithm.
   *
   * @param sendFailures messages that the agent did not take
   * @param dropped messages that found no room in the inbox
   * @param pulls pulls from peers
   * @param fetched versions that came from peers
   * @param fetchFailures pulls and fetches that failed
   * @param served requests of peers that were answered
   * @param strangers requests that were not sealed with the secret
   */
  record Extra(
      long sendFailures,
      long dropped,
      long pulls,
      long fetched,
      long fetchFailures,
      long served,
      long strangers) {}

  private final OwnFile file;

  SyncFile(FileStore store, Path confDir, Logger log) {
    this.file = new OwnFile(store, confDir, NAME, log);
  }

  void write(Convergence convergence, Extra extra) {
    file.write(render(convergence.status(), convergence.products(), extra));
  }

  static String render(Status status, Map<String, ProductStatus> products, Extra extra) {
    List<JsonValue> rows = new ArrayList<>();
    for (Map.Entry<String, ProductStatus> product : products.entrySet()) {
      ProductStatus state = product.getValue();
      rows.add(
          JsonObject.builder()
              .put("product", product.getKey())
              .put("keys", state.keys())
              .put("settled", state.settled())
              .put("repairsWaiting", state.repairsWaiting())
              .build());
    }
    return JsonObject.builder()
            .put("pid", ProcessHandle.current().pid())
            .put("products", JsonArray.of(rows))
            .put("digestsSent", status.digestsSent())
            .put("digestsHeard", status.digestsHeard())
            .put("repairsSent", status.repairsSent())
            .put("updatesHeard", status.updatesHeard())
            .put("mismatches", status.mismatches())
            .put("malformed", status.malformed())
            .put("unknownFormat", status.unknownFormat())
            .put("answersDropped", status.answersDropped())
            .put("sendFailures", extra.sendFailures())
            .put("dropped", extra.dropped())
            .put("pulls", extra.pulls())
            .put("fetched", extra.fetched())
            .put("fetchFailures", extra.fetchFailures())
            .put("served", extra.served())
            .put("strangers", extra.strangers())
            .build()
            .indented()
        + "\n";
  }
}
