package io.github.serfhandler.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that a template may look into. Immutable; the only ones of which it can ask a field. */
interface Fields {
  /** What it is, with its article. */
  String kind();

  /** The names of its fields, in the order in which people are told them. */
  List<String> names();

  /** The field's value; one of the {@link #names}. */
  @Nullable Object field(String name);
}
