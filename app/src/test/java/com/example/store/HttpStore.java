package com.example.store;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import io.github.serfhandler.source.ValueFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Follows an HTTP server that gives all keys and their values as one JSON object. */
public final class HttpStore implements ConfigSource {
  private static final int MAX_BYTES = 16 * 1024 * 1024;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int SECONDS_BETWEEN = 5;

  private final URL url;
  private final ValueFormat format;
  private final KeyLayout layout;
  private final CountDownLatch closed = new CountDownLatch(1);

  HttpStore(URL url, ValueFormat format, KeyLayout layout) {
    this.url = url;
    this.format = format;
    this.layout = layout;
  }

  @Override
  public String name() {
    return "http://" + url.getHost();
  }

  @Override
  public void follow(SourceFeed feed) throws SourceException, InterruptedException {
    do {
      // Before the listing begins: a server that does not answer is no empty store.
      Map<String, JsonValue> all = fetch();
      SourceListing listing = feed.list("");
      for (Map.Entry<String, JsonValue> each : all.entrySet()) {
        try {
          KeyLayout.Place place = layout.place(each.getKey());
          listing.found(List.of(entry(place.product(), place.key(), each.getValue())));
        } catch (RejectedException e) {
          feed.skipped(each.getKey(), e.reason());
        }
      }
      listing.end(0);
    } while (!closed.await(SECONDS_BETWEEN, TimeUnit.SECONDS));
  }

  @Override
  public Optional<SourceEntry> read(String product, String key) throws SourceException {
    return Optional.ofNullable(fetch().get(layout.storeKey(product, key)))
        .map(value -> entry(product, key, value));
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** The store has no revisions, so that of each entry is 0. */
  private SourceEntry entry(String product, String key, JsonValue value) {
    String text = value instanceof JsonText ? value.asText() : value.compact();
    return SourceEntry.of(product, key, 0, format, text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, JsonValue> fetch() throws SourceException {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new SourceException(name() + " answers with status " + status + "; look at its log");
      }
      try (InputStream body = connection.getInputStream()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        JsonLimits limits = new JsonLimits(MAX_BYTES, JsonValue.MAX_DEPTH);
        return JsonValue.parse(bytes, limits).asObject().members();
      }
    } catch (IOException | JsonException e) {
      // Not every message: some hold the address, in which a password may stand.
      String why = e instanceof JsonException ? e.getMessage() : e.getClass().getSimpleName();
      throw new SourceException(name() + " can not be read: " + why + "; is it up?", e);
    }
  }
}
