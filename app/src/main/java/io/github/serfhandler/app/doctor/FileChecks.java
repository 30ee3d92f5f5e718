package io.github.serfhandler.app.doctor;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.wiring.GuardRecord;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.MassLossGuard;
import io.github.serfhandler.catalog.Node;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.output.FilePreview;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stateless: compares the files with what the agent tells now, without writing. */
final class FileChecks {
  private FileChecks() {}

  static List<Check> of(Settings settings, AgentExam.Report report, Instant now) {
    List<Check> checks = new ArrayList<>();
    GuardRecord memory = GuardRecord.read(settings.confDir());
    memory
        .problem()
        .ifPresent(
            problem ->
                checks.add(Check.warn("guard memory", problem, "delete the file; it is remade")));
    Subscription subscription = subscription(settings, report);
    checks.add(
        subscription.products().isEmpty() && subscription.observed().isEmpty()
            ? Check.warn(
                "subscription",
                "this node subscribes to nothing and observes nothing, so the files are empty",
                "set the tag products of this node, or --products")
            : Check.ok("subscription", subscription.toString()));
    Catalog catalog = Catalog.of(report.members());
    View view =
        new MassLossGuard(Wiring.guard(settings), memory.state()).pass(catalog, subscription, now);
    if (!view.held().isEmpty()) {
      checks.add(
          Check.warn(
              "guard",
              "holds " + view.held().size() + " failed instances in the files",
              "see: serf-handler services; bring the nodes back, or: serf force-leave NAME"));
    }
    FileStore store = new FileStore(Clock.systemUTC(), notice -> {});
    Snapshot snapshot = new Snapshot(report.stats().agentName(), catalog, view, Map.of());
    try {
      for (FileSpec file : Wiring.files(settings)) {
        checks.add(compare(store, file, snapshot));
      }
    } catch (SettingsException e) {
      checks.add(Check.fail("files", String.join("; ", e.problems()), ""));
    }
    return checks;
  }

  private static Subscription subscription(Settings settings, AgentExam.Report report) {
    Optional<List<String>> chosen = settings.products();
    if (chosen.isPresent()) {
      return Subscription.of(chosen.get(), settings.observe());
    }
    Optional<Node> self = Catalog.of(report.members()).node(report.stats().agentName());
    List<String> products = self.isPresent() ? self.get().products() : List.of();
    return Subscription.of(products, settings.observe());
  }

  private static Check compare(FileStore store, FileSpec spec, Snapshot snapshot) {
    Path file = spec.path();
    FilePreview preview;
    try {
      preview = FilePreview.of(spec, snapshot, store);
    } catch (StoreException | RenderException e) {
      return Check.fail("files", String.valueOf(e.getMessage()), "");
    }
    if (spec.renderer().wantsDistances()) {
      // The doctor does not measure them, which is a call for each node.
      return Check.ok(
          "files", file + " hangs on distances; to compare it: serf-handler render --dry-run");
    }
    if (!preview.exists()) {
      return Check.warn("files", file + " does not exist yet", "run: serf-handler members");
    }
    return preview.isCurrent()
        ? Check.ok("files", file + " is current")
        : Check.warn(
            "files",
            file + " differs from what the agent tells now",
            "does serf-handler agent run, with these settings? Bring it up to date: serf-handler"
                + " members");
  }
}
