package io.github.serfhandler.render;

import io.github.serfhandler.catalog.View;

/**
 * Immutable: one way to write a view into a file. Equal views give equal bytes, on every node; the
 * held instances of a view are rendered like the others.
 */
public sealed interface Renderer permits JsonRenderer, YamlRenderer, HostsRenderer {
  /** The file's name under the configuration directory. */
  String fileName();

  /** Appends the file's bytes, UTF-8, to {@code out}. */
  void render(View view, Utf8Buffer out);
}
