package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.LineDiff;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.RpcAgent;
import io.github.serfhandler.discovery.Vicinity;
import io.github.serfhandler.output.FilePreview;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Stateless: shows what one pass would change; nothing is written and nothing is run. */
final class DryRun {
  private DryRun() {}

  /**
   * Prints a unified diff of each file that would change, and on {@code err} how many there are.
   *
   * @throws FailedException where a file can not be rendered or read; the others are shown
   */
  static int run(Settings settings, Output out, Output err, boolean colour) {
    Consumer<String> warnings = text -> err.line("serf-handler: warning: " + Printable.of(text));
    FileStore store = Wiring.store(warnings);
    List<FileSpec> files = Wiring.files(settings);
    Discovery discovery = Wiring.discovery(settings, files, store, warnings);
    Snapshot snapshot;
    try (SerfClient client = Wiring.client(settings)) {
      RpcAgent agent = new RpcAgent(client);
      Wiring.measure(discovery, files, Vicinity.once(agent));
      snapshot = discovery.preview(agent.pulse().agentName(), agent.members());
    }
    int changed = 0;
    List<String> failures = new ArrayList<>();
    for (FileSpec file : files) {
      try {
        List<String> diff = diff(FilePreview.of(file, snapshot, store));
        changed += diff.isEmpty() ? 0 : 1;
        for (String line : colour ? LineDiff.coloured(diff) : diff) {
          out.line(line);
        }
      } catch (RenderException | StoreException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    out.flush();
    err.line(
        changed == 0
            ? "nothing would change in " + count(files.size())
            : changed + " of " + count(files.size()) + " would change");
    if (!failures.isEmpty()) {
      throw new FailedException(String.join("; ", failures));
    }
    return ExitStatus.DONE;
  }

  /** The difference; empty where the file would stay as it is, and only there. */
  static List<String> diff(FilePreview preview) {
    if (preview.isCurrent()) {
      return List.of();
    }
    String path = Printable.of(preview.path().toString());
    if (preview.holds()) {
      return List.of(path + " would get another mode or owner");
    }
    List<String> diff =
        LineDiff.of(
            preview.exists() ? path : "/dev/null",
            lines(preview.before()),
            path,
            lines(preview.after()));
    return diff.isEmpty() ? List.of(path + " differs, but in no text that can be shown") : diff;
  }

  /** With the ends of lines that are not plain, as they make a difference too. */
  private static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(printable(text.substring(from, end)));
      from = end + 1;
    }
    if (from < text.length()) {
      lines.add(printable(text.substring(from)));
      lines.add("\\ No newline at end of file");
    }
    return lines;
  }

  /** Tabs are what many files have between their words; a terminal shows them well. */
  private static String printable(String line) {
    List<String> parts = new ArrayList<>();
    for (String part : line.split("\t", -1)) {
      parts.add(Printable.of(part));
    }
    return String.join("\t", parts);
  }

  private static String count(int files) {
    return files + (files == 1 ? " file" : " files");
  }
}
