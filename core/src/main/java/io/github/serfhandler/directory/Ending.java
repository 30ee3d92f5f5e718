package io.github.serfhandler.directory;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.ValueFormat;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: an ending of the names of files that are configuration.
 *
 * @param text as {@code .json}
 * @param format what it says of what is in the file
 * @param layout how paths in the tree that end so are made
 */
record Ending(String text, ValueFormat format, KeyLayout layout) {
  /** All that there are. */
  static final List<Ending> ALL =
      List.of(
          of(".json", ValueFormat.JSON),
          of(".yml", ValueFormat.YAML),
          of(".yaml", ValueFormat.YAML));

  private static Ending of(String text, ValueFormat format) {
    return new Ending(text, format, KeyLayout.parse("PRODUCT/KEY" + text));
  }

  /** That of a file; empty where it has none of these. */
  static Optional<Ending> of(String name) {
    for (Ending ending : ALL) {
      if (name.endsWith(ending.text)) {
        return Optional.of(ending);
      }
    }
    return Optional.empty();
  }

  /** Whether a directory of this name can be a product's. */
  static boolean isProduct(String name) {
    Ending any = ALL.get(0);
    try {
      return any.layout.place(any.layout.storeKey(name, "a")).product().equals(name);
    } catch (RejectedException e) {
      return false;
    }
  }
}
