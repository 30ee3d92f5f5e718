package io.github.serfhandler.template;

import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.attributes.ResolvedAttribute;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.ForNode.LoopVariables;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.MacroAttributeProvider;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: what stands behind a dot or in brackets. It takes the place of the library's own,
 * which calls methods of any object: here a field of our {@link Fields}, a key of a map, an index
 * of a list or a macro of an imported file is found, and nothing else.
 */
final class FieldResolver implements AttributeResolver {
  @Override
  public ResolvedAttribute resolve(
      Object instance,
      @Nullable Object attribute,
      Object @Nullable [] argumentValues,
      @Nullable ArgumentsNode arguments,
      EvaluationContextImpl context,
      String file,
      int line) {
    String name = String.valueOf(attribute);
    if (instance instanceof MacroAttributeProvider macros && arguments != null) {
      return new ResolvedAttribute(macros.macro(context, name, arguments, false, line));
    }
    if (argumentValues != null) {
      throw new MissingField(
          "nothing can be called on " + Words.kind(instance) + ", not " + Words.quote(name + "()"),
          name,
          line,
          file);
    }
    Fields fields = fields(instance);
    if (fields != null) {
      if (!fields.names().contains(name)) {
        throw missing(fields, name, line, file);
      }
      return new ResolvedAttribute(fields.field(name));
    } else if (instance instanceof Map<?, ?> map && map.containsKey(attribute)) {
      return new ResolvedAttribute(map.get(attribute));
    } else if (instance instanceof List<?> list) {
      return new ResolvedAttribute(list.get(index(name, list.size(), line, file)));
    } else if (instance.getClass().isArray()) {
      int index = index(name, Array.getLength(instance), line, file);
      return new ResolvedAttribute(Array.get(instance, index));
    } else if (instance instanceof Map) {
      throw new MissingField(
          "no "
              + Words.quote(name)
              + " in the map; write | default(\"\") behind it where it may be missing",
          name,
          line,
          file);
    }
    throw new MissingField(
        Words.kind(instance) + " has no fields, so no " + Words.quote(name), name, line, file);
  }

  private static @Nullable Fields fields(Object instance) {
    if (instance instanceof Fields fields) {
      return fields;
    } else if (instance instanceof LoopVariables loop) {
      return new LoopFields(loop);
    } else if (instance instanceof Map.Entry<?, ?> entry) {
      return new EntryFields(entry);
    }
    return null;
  }

  private static MissingField missing(Fields fields, String name, int line, String file) {
    return new MissingField(
        fields.kind()
            + " has no "
            + Words.quote(name)
            + "; there are: "
            + String.join(", ", fields.names())
            + Words.hint(name, fields.names()),
        name,
        line,
        file);
  }

  private static int index(String text, int size, int line, String file) {
    int index = -1;
    try {
      index = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new MissingField(
          "a list has no " + Words.quote(text) + "; write a number from 0, or loop over it",
          text,
          line,
          file);
    }
    if (index < 0 || index >= size) {
      throw new MissingField(
          "no " + index + " in a list of " + size + "; the first is 0", text, line, file);
    }
    return index;
  }
}
