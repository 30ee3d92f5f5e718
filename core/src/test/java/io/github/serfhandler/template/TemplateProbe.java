package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.file.Path;

/** A process that renders a snapshot, with a template where one is given. */
final class TemplateProbe {
  private TemplateProbe() {}

  public static void main(String[] args) {
    Utf8Buffer out = new Utf8Buffer();
    new JsonRenderer().render(Snapshot.of(View.EMPTY), out);
    TemplateRenderer renderer = new TemplateRenderer(Path.of(args[0]));
    if (args.length > 1) {
      renderer.render(Snapshot.of(View.EMPTY), out);
    }
    System.exit(renderer.wantsDistances() ? 1 : 0);
  }
}
