package io.github.serfhandler.output;

import io.github.serfhandler.catalog.Catalog;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Renders a text that the test chooses, and counts how often it is asked to. */
final class Shows implements Renderer {
  int rendered;
  boolean stale;

  /** A snapshot that is rendered as this text. */
  static Snapshot snapshot(String text) {
    return new Snapshot(text, Catalog.EMPTY, View.EMPTY, Map.of());
  }

  static Program program(String... argv) {
    return Program.of(List.of(argv), Duration.ofSeconds(20));
  }

  static FileSpec.Builder file(Path path) {
    return FileSpec.of(path, new Shows());
  }

  @Override
  public String fileName() {
    return "text";
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    rendered++;
    stale = false;
    if (snapshot.self().equals("impossible")) {
      throw new RenderException("cannot render text: impossible; say something else");
    }
    if (snapshot.self().equals("fault")) {
      throw new IllegalStateException("a renderer's fault");
    }
    out.ascii(snapshot.self());
  }

  @Override
  public boolean isStale() {
    return stale;
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return before.self().equals(now.self());
  }
}
