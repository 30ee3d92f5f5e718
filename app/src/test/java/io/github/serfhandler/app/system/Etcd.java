package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real etcd on loopback that serves v3 and v2, with a directory of its own. Confined to a test.
 */
final class Etcd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Process process;
  private final String endpoint;

  private Etcd(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one that keeps its data in a folder, which is made. */
  static Etcd start(Path folder) {
    int[] ports = freePorts();
    return start(folder, "http://127.0.0.1:" + ports[0], "http://127.0.0.1:" + ports[1]);
  }

  private static Etcd start(Path folder, String client, String peer) {
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(
              "etcd",
              "--data-dir=" + folder.resolve("data"),
              "--enable-v2",
              "--listen-client-urls=" + client,
              "--advertise-client-urls=" + client,
              "--listen-peer-urls=" + peer,
              "--initial-advertise-peer-urls=" + peer,
              "--initial-cluster=default=" + peer);
      builder.environment().keySet().removeIf(name -> name.startsWith("ETCD"));
      builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
      Etcd etcd = new Etcd(builder.start(), client);
      Waiting.until("etcd", () -> assertThat(etcd.get("/health")).contains("true"));
      return etcd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback)) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return endpoint;
  }

  /** What {@code etcdctl watch} of v3 begins with. */
  List<String> watch() {
    return List.of("etcdctl", "--endpoints=" + endpoint, "watch", "--prefix", "/", "--");
  }

  /** What {@code etcdctl exec-watch} of v2 begins with. */
  List<String> execWatch() {
    return List.of("etcdctl", "--endpoints=" + endpoint, "exec-watch", "--recursive", "/", "--");
  }

  /** {@code etcdctl put} of v3: any bytes. */
  void put(String key, byte[] value) {
    if (value.length == 0) {
      // From standard input it takes no empty one.
      etcdctl(value, "put", "--", key, "");
    } else {
      etcdctl(value, "put", "--", key);
    }
  }

  void put(String key, String value) {
    put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  void delete(String key) {
    etcdctl(new byte[0], "del", key);
  }

  private void etcdctl(byte[] input, String... args) {
    List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ETCDCTL_API", "3");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process etcdctl = builder.start();
      try (var in = etcdctl.getOutputStream()) {
        in.write(input);
      }
      assertThat(etcdctl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(etcdctl.exitValue()).as(command.toString()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sets a key in v2; {@code value} as in a form, so that it may be any bytes. */
  void set(String key, String encodedValue) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + "/v2/keys" + key))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .PUT(HttpRequest.BodyPublishers.ofString("value=" + encodedValue));
    assertThat(send(request)).contains("\"action\":\"set\"");
  }

  void setText(String key, String value) {
    set(key, URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  void remove(String key) {
    assertThat(send(HttpRequest.newBuilder(URI.create(endpoint + "/v2/keys" + key)).DELETE()))
        .contains("\"action\":\"delete\"");
  }

  private String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(endpoint + path)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while talking to etcd", e);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }
}
