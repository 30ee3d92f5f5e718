package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.catalog.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: a list of product names with {@code :} or {@code ,} between them; blanks around a name
 * and empty entries do not count, and a name that stands twice stands once.
 */
public final class NamesType implements ValueType<List<String>> {
  @Override
  public List<String> parse(String text) throws BadValueException {
    List<String> names = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ':' || text.charAt(i) == ',') {
        add(names, text.substring(from, i).trim());
        from = i + 1;
      }
    }
    return List.copyOf(names);
  }

  @Override
  public String format(List<String> value) {
    return String.join(":", value);
  }

  @Override
  public String placeholder() {
    return "NAME[:NAME...]";
  }

  @Override
  public String allowed() {
    return "product names with `:` or `,` between them; in YAML also a sequence";
  }

  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public String schema() {
    // As in Names, and for a text several of them.
    String name = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    String noDots = "(?!.*[.][.])";
    return "\"type\": [\"string\", \"array\"], \"pattern\": \"^"
        + noDots
        + "[ :,]*("
        + name
        + "( *[:,][ :,]*"
        + name
        + ")*)?[ :,]*$\", \"items\": {\"type\": \"string\", \"pattern\": \"^"
        + noDots
        + name
        + "$\"}";
  }

  private static void add(List<String> names, String name) throws BadValueException {
    if (name.isEmpty() || names.contains(name)) {
      return;
    }
    if (!Names.isLegal(name)) {
      throw new BadValueException(
          "holds "
              + Printable.quoted(name)
              + ", which is no product name; a name is 1 to 63 of A-Z a-z 0-9 . _ -, begins with a"
              + " letter or digit and holds no ..");
    }
    names.add(name);
  }
}
