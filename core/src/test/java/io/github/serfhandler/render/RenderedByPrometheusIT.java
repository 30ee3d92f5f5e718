package io.github.serfhandler.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Fixtures;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.process.ProgramResult;
import io.github.serfhandler.process.ProgramRunner;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** The real promtool judges the file, and the real Prometheus has its targets. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenderedByPrometheusIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path config;
  private Path targets;

  @BeforeEach
  void configure() throws IOException {
    targets = folder.resolve("prometheus.json");
    config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        "global: {scrape_interval: 1h}\nscrape_configs:\n- job_name: serf\n  file_sd_configs:\n"
            + "  - files: ['"
            + targets
            + "']\n");
  }

  private ProgramResult check(String text) throws Exception {
    Files.writeString(targets, text);
    return new ProgramRunner()
        .run(
            Program.of(List.of("promtool", "check", "config", config.toString()), PATIENCE),
            ProgramRunner.NOTHING);
  }

  @Test
  void checksTheFileWithItsConfiguration() throws Exception {
    assertThat(check("[{\"targets\": [\"10.0.0.1:80\"], \"labels\": {\"a-b\": \"\"}}]").status())
        .isEqualTo(1);
    assertThat(check("[{\"targets\": [\"10.0.0.1:80\"]}").status()).isEqualTo(1);
  }

  @Test
  void takesNothingAtAllAndHostileNodes() throws Exception {
    for (Snapshot snapshot :
        List.of(HostileSnapshots.snapshot(List.of()), HostileSnapshots.ofTexts())) {
      ProgramResult result = check(HostileSnapshots.text(new PrometheusRenderer(), snapshot));
      assertThat(result.succeeded()).as("%s", result).isTrue();
    }
  }

  @Test
  void hasTheTargetsOfHostileNodes() throws Exception {
    String text = HostileSnapshots.text(new PrometheusRenderer(), HostileSnapshots.ofTexts());
    Files.writeString(targets, text);
    List<Map<String, String>> expected = new ArrayList<>();
    for (Object group : (List<?>) parse(text)) {
      Map<String, String> labels = new HashMap<>();
      putAll(labels, map(group, "labels"));
      put(labels, "__address__", list(group, "targets").get(0));
      expected.add(labels);
    }
    int port = freePort();
    Path log = folder.resolve("log");
    Process prometheus =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(prometheus.isAlive()).as("%s", log).isTrue();
                assertThat(targets(port).orElse(List.of()))
                    .containsExactlyInAnyOrderElementsOf(expected);
              });
    } finally {
      prometheus.destroyForcibly().waitFor();
    }
  }

  private static Optional<List<Map<String, String>>> targets(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/targets"))
            .timeout(PATIENCE)
            .build();
    String body;
    try {
      body = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return Optional.empty(); // It is not up yet.
    }
    if (!body.startsWith("{")) {
      return Optional.empty();
    }
    List<Map<String, String>> found = new ArrayList<>();
    Map<?, ?> data = map(parse(escaped(body)), "data");
    for (Object target : list(data, "activeTargets")) {
      Map<String, String> labels = new HashMap<>();
      putAll(labels, map(target, "discoveredLabels"));
      // What Prometheus adds by itself.
      labels
          .keySet()
          .removeIf(
              name ->
                  name.equals("job")
                      || name.startsWith("__scrape_")
                      || name.equals("__scheme__")
                      || name.equals("__metrics_path__")
                      || name.equals("__meta_filepath"));
      found.add(labels);
    }
    return Optional.of(found);
  }

  private static void putAll(Map<String, String> labels, Map<?, ?> all) {
    for (Map.Entry<?, ?> label : all.entrySet()) {
      put(labels, label.getKey(), label.getValue());
    }
  }

  /** A label as Prometheus has it: none where it is empty, no half of a pair of surrogates. */
  private static void put(
      Map<String, String> labels, @Nullable Object name, @Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cs}", "\ufffd");
    if (!text.isEmpty()) {
      labels.put(String.valueOf(name), text);
    }
  }

  private static Map<?, ?> map(Object object, String field) {
    return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) object).get(field));
  }

  private static List<?> list(Object object, String field) {
    return (List<?>) Objects.requireNonNull(((Map<?, ?>) object).get(field));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, Fixtures.addr("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** The same JSON without characters that JSON may hold as they are and YAML may not. */
  private static String escaped(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7f) {
        out.append(c);
      } else {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return out.toString();
  }

  private static Object parse(String text) {
    return new Load(LoadSettings.builder().setSchema(new JsonSchema()).build())
        .loadFromString(text);
  }
}
