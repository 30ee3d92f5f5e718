package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Snapshot;

/**
 * One way to write what a node sees into a file. Equal snapshots give equal bytes, on every node;
 * the held instances of a view are rendered like the others. Those of this package are immutable;
 * any is confined to the thread of the file that it renders.
 */
public interface Renderer {
  /** The file's name under the configuration directory where nothing else is said. */
  String fileName();

  /**
   * Reads what it needs beside snapshots, so that a mistake in it is told before anything begins.
   * Need not be called.
   *
   * @throws RenderException where it can not be used
   */
  default void prepare() {}

  /**
   * Appends the file's bytes, UTF-8, to {@code out}.
   *
   * @throws RenderException where that is impossible; what is in {@code out} then is of no use
   */
  void render(Snapshot snapshot, Utf8Buffer out);

  /**
   * Whether what was rendered of {@code before} stands for {@code now} too. May say no where the
   * bytes would be the same, never yes where they would not. Cheap beside rendering.
   */
  default boolean stands(Snapshot before, Snapshot now) {
    return before.equals(now);
  }

  /**
   * Whether something that it read beside snapshots has changed since, so that equal snapshots may
   * give other bytes now. Any thread may ask.
   */
  default boolean isStale() {
    return false;
  }

  /** Whether it asks a snapshot for the distances of nodes, which cost their gathering. */
  default boolean wantsDistances() {
    return false;
  }
}
