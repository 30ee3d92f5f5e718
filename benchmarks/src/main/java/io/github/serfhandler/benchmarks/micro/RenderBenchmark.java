package io.github.serfhandler.benchmarks.micro;

import io.github.serfhandler.benchmarks.Crowd;
import io.github.serfhandler.benchmarks.Renderers;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Each renderer with 10,000 instances in 500 services. */
@State(Scope.Thread)
public class RenderBenchmark {
  /** Which one. */
  @Param({
    "json",
    "yaml",
    "fakedhosts",
    "hosts",
    "haproxy",
    "nginx",
    "prometheus",
    "env",
    "template"
  })
  public String renderer = "json";

  private final Utf8Buffer buffer = new Utf8Buffer();
  private Snapshot snapshot =
      Snapshot.of(Catalog.EMPTY.view(Subscription.of(List.of(), List.of())));
  private Path template = Path.of("");
  private Map<String, Renderer> all = Map.of();

  /** Makes the snapshot. */
  @Setup
  public void prepare() throws IOException {
    Crowd crowd = new Crowd(10_000);
    Catalog catalog = Catalog.of(crowd.same());
    Subscription every = Subscription.of(crowd.products(), List.of());
    snapshot = new Snapshot("node1", catalog, catalog.view(every), Map.of());
    template = Files.writeString(Files.createTempFile("servers", ".peb"), Renderers.TEMPLATE);
    all = Renderers.all(template);
  }

  /** Removes the template. */
  @TearDown
  public void remove() throws IOException {
    Files.delete(template);
  }

  /** Snapshot to bytes. */
  @Benchmark
  public int render() {
    buffer.clear();
    Objects.requireNonNull(all.get(renderer)).render(snapshot, buffer);
    return buffer.length();
  }
}
