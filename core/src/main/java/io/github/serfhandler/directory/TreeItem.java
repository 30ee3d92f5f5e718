package io.github.serfhandler.directory;

import io.github.serfhandler.source.ValueFormat;
import java.nio.file.Path;

/**
 * Immutable: a key of the tree, as it looks from outside.
 *
 * @param product a legal name
 * @param key a legal name
 * @param format what the end of its file's name says
 * @param file the file itself, without links on the way
 * @param mark what it looks like
 * @param problem why it can not be read; empty where it can, one line
 */
record TreeItem(
    String product, String key, ValueFormat format, Path file, FileMark mark, String problem) {

  /** The same key, with a problem. */
  TreeItem unusable(String why) {
    return new TreeItem(product, key, format, file, FileMark.NONE, why);
  }

  boolean isUsable() {
    return problem.isEmpty();
  }

  /** {@code PRODUCT/KEY}. */
  String name() {
    return product + "/" + key;
  }
}
