package io.github.serfhandler.benchmarks;

import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Consul agent in development mode, a server alone. Confined to one thread. */
final class ConsulNode implements AutoCloseable {
  private static final int HTTP_PORT = 8500;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Program program;
  private final String host;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private ConsulNode(Program program, String host) {
    this.program = program;
    this.host = host;
  }

  /**
   * Starts it and waits until it leads.
   *
   * @param consul the program
   * @param host an address of this machine where its usual ports are free
   */
  static ConsulNode start(Path folder, Path consul, String host)
      throws IOException, InterruptedException {
    List<String> argv =
        List.of(
            consul.toString(),
            "agent",
            "-dev",
            "-node=node1",
            "-bind=" + host,
            "-client=" + host,
            "-log-level=warn");
    ConsulNode node = new ConsulNode(Program.start(folder, argv), host);
    try {
      node.awaitLeader();
      return node;
    } catch (IOException | InterruptedException e) {
      node.close();
      throw e;
    }
  }

  Program program() {
    return program;
  }

  /** Where its API is, as HOST:PORT. */
  String address() {
    return host + ":" + HTTP_PORT;
  }

  /** Registers an instance of the service web, or registers it again, at the local agent. */
  void register(int instance, int port) throws IOException, InterruptedException {
    String body =
        JsonObject.builder()
            .put("Name", "web")
            .put("ID", "web" + instance)
            .put("Port", port)
            .build()
            .compact();
    HttpResponse<String> response =
        http.send(
            request("/v1/agent/service/register")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Consul refuses " + body + ": " + response.body());
    }
  }

  private void awaitLeader() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (!leads()) {
      program.check();
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("Consul at " + address() + " has no leader after a minute");
      }
      EtcdFleet.pause(Duration.ofMillis(50));
    }
  }

  private boolean leads() throws InterruptedException {
    try {
      HttpResponse<String> response =
          http.send(
              request("/v1/status/leader").GET().build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 && response.body().contains(host);
    } catch (IOException e) {
      return false; // It does not listen yet.
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address() + path))
        .timeout(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    program.close();
  }
}
