package io.github.serfhandler.benchmarks;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Puts many keys at once, in a transaction, by the JSON gateway of etcd. Confined to one thread.
 */
final class EtcdPuts {
  /** How many operations etcd takes in one transaction, where it is not tuned: 128. */
  static final int AT_ONCE = 100;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI txn;

  EtcdPuts(URI endpoint) {
    this.txn = endpoint.resolve("/v3/kv/txn");
  }

  /** Puts up to {@link #AT_ONCE} values by key, all at one revision. */
  void put(Map<String, String> values) throws IOException, InterruptedException {
    List<JsonValue> puts = new ArrayList<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      JsonObject put =
          JsonObject.builder()
              .put("key", base64(entry.getKey()))
              .put("value", base64(entry.getValue()))
              .build();
      puts.add(JsonObject.builder().put("request_put", put).build());
    }
    String body = JsonObject.builder().put("success", JsonArray.of(puts)).build().compact();
    HttpRequest request =
        HttpRequest.newBuilder(txn)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("etcd refuses a transaction: " + response.body());
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
