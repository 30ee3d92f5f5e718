package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.View;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Outcome;
import io.github.serfhandler.store.Stamp;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that shows the view. Confined to one thread.
 *
 * <p>An idle pass costs one look at the file from outside: rendering and comparing is only worth
 * while when the view is another one, or somebody touched the file.
 */
final class RenderedFile {
  private final Path path;
  private final Renderer renderer;
  private final FileStore store;
  private View shown = View.EMPTY;
  private Optional<Stamp> stamp = Optional.empty();

  RenderedFile(Path path, Renderer renderer, FileStore store) {
    this.path = path;
    this.renderer = renderer;
    this.store = store;
  }

  Path path() {
    return path;
  }

  /**
   * Makes the file show the view.
   *
   * @param buffer space to render into
   * @throws io.github.serfhandler.store.StoreException where that is impossible
   */
  Outcome show(View view, Utf8Buffer buffer) {
    if (stamp.isPresent() && stamp.equals(store.stamp(path)) && sameFiles(view)) {
      return Outcome.UNCHANGED;
    }
    stamp = Optional.empty();
    buffer.clear();
    renderer.render(view, buffer);
    Outcome outcome = store.write(path, buffer.bytes());
    shown = view;
    stamp = store.stamp(path);
    return outcome;
  }

  // What is held is shown like the rest, so that it makes no difference to the bytes.
  private boolean sameFiles(View view) {
    return view.products().equals(shown.products());
  }
}
