package io.github.serfhandler.app.settings;

import java.util.List;

/**
 * Immutable: the type of a list whose entries have parts of their own. Each entry can be written as
 * one text; only in the YAML file, it can also be a mapping of its parts.
 *
 * @param <E> the type of an entry
 */
public interface EntryType<E> extends ValueType<List<E>> {
  /**
   * The entry that a text or a mapping stands for.
   *
   * @throws BadEntryException where it stands for none
   */
  E entry(YamlEntry entry) throws BadEntryException;

  /** The parts that a mapping may have. */
  List<String> parts();

  /** Those of the parts that may be mappings of texts themselves. */
  default List<String> mappings() {
    return List.of();
  }

  @Override
  default boolean repeats() {
    return true;
  }
}
