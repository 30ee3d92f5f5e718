package io.github.serfhandler.template;

import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Extension;
import io.pebbletemplates.pebble.extension.ExtensionCustomizer;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.NodeVisitorFactory;
import io.pebbletemplates.pebble.extension.core.CoreExtension;
import io.pebbletemplates.pebble.extension.core.DefaultFilter;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The language of templates: what is taken of the library's, and what is ours. All else of the
 * library's is left out, so that a newer one brings nothing that nobody has looked at. Confined to
 * one thread.
 */
final class Language extends AbstractExtension {
  /** Of the library's filters: they are pure, bounded, and say the same in every country. */
  private static final Set<String> TAKEN_FILTERS =
      Set.of(
          "abbreviate",
          "abs",
          "base64decode",
          "base64encode",
          "capitalize",
          "default",
          "first",
          "join",
          "last",
          "length",
          "lower",
          "replace",
          "reverse",
          "rsort",
          "sha256",
          "slice",
          "sort",
          "title",
          "trim",
          "upper",
          "urlencode");

  private static final Set<String> TAKEN_FUNCTIONS = Set.of("max", "min");

  private final Map<String, Filter> filters;
  private final Map<String, Function> functions;
  private final List<TokenParser> tags;
  private final NodeVisitorFactory reader;
  private final Steps steps;

  /** Works on this rendering; each file that was parsed is shown to the reader. */
  Language(Rendering rendering, NodeVisitorFactory reader) {
    this.steps = rendering.steps();
    this.filters = guarded(Filters.of(steps));
    this.functions = Functions.of(rendering);
    this.tags = Tags.of(steps);
    this.reader = reader;
  }

  /** The names of all filters, in order. */
  static Set<String> filterNames() {
    Set<String> names = new TreeSet<>(TAKEN_FILTERS);
    names.addAll(Filters.of(new Steps()).keySet());
    return names;
  }

  /** The names of all functions, in the order in which people are told them. */
  static List<String> functionNames() {
    Set<String> names = new LinkedHashSet<>(Functions.of(new Rendering()).keySet());
    names.addAll(new TreeSet<>(TAKEN_FUNCTIONS));
    return List.copyOf(names);
  }

  @Override
  public Map<String, Filter> getFilters() {
    return filters;
  }

  @Override
  public Map<String, Function> getFunctions() {
    return functions;
  }

  @Override
  public List<TokenParser> getTokenParsers() {
    return tags;
  }

  @Override
  public List<AttributeResolver> getAttributeResolver() {
    return List.of(new FieldResolver());
  }

  @Override
  public List<NodeVisitorFactory> getNodeVisitors() {
    return List.of(reader);
  }

  /** What is taken of one of the library's own extensions. */
  ExtensionCustomizer taken(Extension extension) {
    return new Taken(extension instanceof CoreExtension ? extension : new Nothing());
  }

  private Map<String, Filter> guarded(Map<String, Filter> all) {
    Map<String, Filter> guarded = new LinkedHashMap<>();
    for (Map.Entry<String, Filter> filter : all.entrySet()) {
      // The library knows this one by its class, as the only one that is given what is not there.
      boolean bare = filter.getValue() instanceof DefaultFilter;
      guarded.put(
          filter.getKey(),
          bare ? filter.getValue() : new GuardedFilter(filter.getKey(), filter.getValue(), steps));
    }
    return guarded;
  }

  private static final class Nothing extends AbstractExtension {}

  private final class Taken extends ExtensionCustomizer {
    private final boolean isCore;

    Taken(Extension extension) {
      super(extension);
      this.isCore = extension instanceof CoreExtension;
    }

    @Override
    public Map<String, Filter> getFilters() {
      Map<String, Filter> all = new LinkedHashMap<>();
      if (isCore) {
        all.putAll(super.getFilters());
        all.keySet().retainAll(TAKEN_FILTERS);
      }
      return guarded(all);
    }

    @Override
    public Map<String, Function> getFunctions() {
      Map<String, Function> all = new LinkedHashMap<>();
      if (isCore) {
        all.putAll(super.getFunctions());
        all.keySet().retainAll(TAKEN_FUNCTIONS);
      }
      return all;
    }

    @Override
    public List<TokenParser> getTokenParsers() {
      return List.of();
    }
  }
}
