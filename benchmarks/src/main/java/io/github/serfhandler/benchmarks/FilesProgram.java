package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Figures;
import io.github.serfhandler.benchmarks.report.Row;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.GuardSettings;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.Interest;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.OutputPass;
import io.github.serfhandler.output.Wait;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.template.TemplateRenderer;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A process that keeps nine files of 10,000 instances. Prints, each a line: what a change takes
 * until all are renamed, where that time goes, what a pass without a change takes, and a template
 * of 1,000 servers.
 */
public final class FilesProgram {
  private static final int INSTANCES = 10_000;
  private static final int SERVERS = 1_000;
  private static final int WARM_UP = 40;
  private final Path folder;
  private final int runs;
  private final Path template;
  private final FileStore store = new FileStore(Clock.systemUTC(), System.err::println);

  private FilesProgram(Path folder, int runs) throws IOException {
    this.folder = folder;
    this.runs = runs;
    this.template = Files.writeString(folder.resolve("servers.conf.peb"), Renderers.TEMPLATE);
  }

  /** Works in the folder of the first argument, as often as the second says. */
  public static void main(String[] args) throws Exception {
    FilesProgram program = new FilesProgram(Path.of(args[0]), Integer.parseInt(args[1]));
    program.plain();
    program.managed();
    program.parts();
    program.template();
    long collecting = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collecting += collector.getCollectionTime();
    }
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    Timing.print(
        Row.of(
            "",
            "live heap at the end, of " + (runtime.maxMemory() >> 20) + " MiB",
            "MiB",
            new Figures((runtime.totalMemory() - runtime.freeMemory()) / 1048576.0),
            Double.NaN));
    Timing.print(Row.of("", "collections in all", "ms", new Figures(collecting), Double.NaN));
  }

  private List<FileSpec> specs(Path target, Wait wait) throws IOException {
    Files.createDirectories(target);
    List<FileSpec> specs = new ArrayList<>();
    Renderers.all(template)
        .forEach(
            (name, renderer) -> {
              FileSpec.Builder spec =
                  FileSpec.of(target.resolve(renderer.fileName()), renderer).waits(wait);
              specs.add(name.equals("hosts") ? spec.block().build() : spec.build());
            });
    return specs;
  }

  private Discovery discovery(Path target, Crowd crowd, List<FileSpec> specs) {
    return new Discovery(
        target,
        new Interest(Optional.of(crowd.products()), List.of()),
        specs,
        GuardSettings.DEFAULT,
        store,
        Clock.systemUTC(),
        System.err::println);
  }

  /** Changes and no changes by turns. */
  private void plain() throws Exception {
    Path target = folder.resolve("plain");
    Crowd crowd = new Crowd(INSTANCES);
    List<FileSpec> specs = specs(target, Wait.NONE);
    Discovery discovery = discovery(target, crowd, specs);
    Timing change = new Timing(runs);
    Timing none = new Timing(runs);
    for (int i = -WARM_UP; i < runs; i++) {
      List<Member> members = crowd.changed();
      PassResult result = change.of(i, () -> discovery.pass("node1", members));
      require(result.failures(), result.updated().size(), specs.size());
      List<Member> same = crowd.same();
      result = none.of(i, () -> discovery.pass("node1", same));
      require(result.failures(), result.updated().size(), 0);
    }
    change.report("10,000 instances: one leaves -> nine files renamed", 100);
    none.report("10,000 instances: a pass without a change, nothing written");
  }

  /** As {@code members} and {@code render --once} keep files that are not plain. */
  private void managed() throws Exception {
    Path target = folder.resolve("managed");
    Crowd crowd = new Crowd(INSTANCES);
    List<FileSpec> specs = specs(target, Wait.DEFAULT);
    Discovery discovery = discovery(target, crowd, List.of());
    Timing change = new Timing(runs);
    for (int i = -WARM_UP; i < runs; i++) {
      List<Member> members = crowd.changed();
      OutputPass.Result result =
          change.of(
              i,
              () ->
                  OutputPass.run(
                      specs, store, target, discovery.pass("node1", members).snapshot()));
      require(result.failures(), result.updated().size(), specs.size());
    }
    change.report("the same by way of OutputPass, without programs", 100);
  }

  /** Where the time goes. */
  private void parts() throws Exception {
    Crowd crowd = new Crowd(INSTANCES);
    Subscription all = Subscription.of(crowd.products(), List.of());
    Timing catalog = new Timing(runs);
    Timing equal = new Timing(runs);
    Map<String, Renderer> renderers = Renderers.all(template);
    Map<String, Timing> rendering = new LinkedHashMap<>();
    Map<String, Timing> writing = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    Utf8Buffer buffer = new Utf8Buffer();
    Path target = Files.createDirectories(folder.resolve("parts"));
    Snapshot before = Snapshot.of(Catalog.EMPTY.view(all));
    for (int i = -WARM_UP; i < runs; i++) {
      List<Member> members = crowd.changed();
      Snapshot now = catalog.of(i, () -> snapshot(members, all));
      Snapshot last = before;
      boolean unused = equal.of(i, () -> last.equals(now));
      before = now;
      for (Map.Entry<String, Renderer> each : renderers.entrySet()) {
        buffer.clear();
        rendering
            .computeIfAbsent(each.getKey(), name -> new Timing(runs))
            .of(
                i,
                () -> {
                  each.getValue().render(now, buffer);
                  return "";
                });
        sizes.put(each.getKey(), buffer.length());
        writing
            .computeIfAbsent(each.getKey(), name -> new Timing(runs))
            .of(i, () -> store.write(target.resolve(each.getKey()), buffer.bytes()));
      }
    }
    catalog.report("members -> snapshot");
    equal.report("two snapshots compared");
    for (String name : renderers.keySet()) {
      int kib = Objects.requireNonNull(sizes.get(name)) / 1024;
      Objects.requireNonNull(rendering.get(name)).report("" + name + " rendered, " + kib + " KiB");
      Objects.requireNonNull(writing.get(name)).report("" + name + " written, synced and renamed");
    }
  }

  private void template() throws Exception {
    Crowd crowd = new Crowd(SERVERS);
    Subscription all = Subscription.of(crowd.products(), List.of());
    Renderer renderer = new TemplateRenderer(template);
    Utf8Buffer buffer = new Utf8Buffer();
    Timing timing = new Timing(runs);
    for (int i = -WARM_UP; i < runs; i++) {
      Snapshot snapshot = snapshot(crowd.changed(), all);
      buffer.clear();
      timing.of(
          i,
          () -> {
            renderer.render(snapshot, buffer);
            return "";
          });
    }
    timing.report("a template of 1,000 servers rendered", 5);
  }

  private static Snapshot snapshot(List<Member> members, Subscription all) {
    Catalog catalog = Catalog.of(members);
    return new Snapshot("node1", catalog, catalog.view(all), Map.of());
  }

  private static void require(List<String> failures, int written, int wanted) {
    if (!failures.isEmpty() || written != wanted) {
      throw new IllegalStateException(
          written + " files written instead of " + wanted + "; " + failures);
    }
  }
}
