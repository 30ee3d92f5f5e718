package io.github.serfhandler.etcd;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes to etcd what {@code etcdctl} can not: any bytes, much at once. */
final class Rest {
  private Rest() {}

  static void put(URI endpoint, String key, String value) {
    put(endpoint, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  static void put(URI endpoint, byte[] key, byte[] value) {
    post(
        endpoint,
        "/v3/kv/put",
        "{\"key\":\"" + base64(key) + "\",\"value\":\"" + base64(value) + "\"}");
  }

  /** A put in a transaction. */
  static String putOp(String key, String value) {
    return "{\"request_put\":{\"key\":\""
        + base64(key.getBytes(StandardCharsets.UTF_8))
        + "\",\"value\":\""
        + base64(value.getBytes(StandardCharsets.UTF_8))
        + "\"}}";
  }

  static void post(URI endpoint, String path, String body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
      connection.setConnectTimeout(10_000);
      connection.setReadTimeout(10_000);
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      if (connection.getResponseCode() != 200) {
        throw new IllegalStateException(path + " gave " + connection.getResponseCode());
      }
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("posting to " + path, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
