package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Utf8Buffer;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.cache.PebbleCache;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A template as its files were when they were read. Confined to one thread. */
final class Compiled {
  /** The largest rendered file, in bytes; and the longest text within, in characters. */
  static final int MAX_RENDERED = 16 << 20;

  private final TemplateFiles files;
  private final Rendering rendering = new Rendering();
  private final Deque<SourceReader.Named> named = new ArrayDeque<>();
  private final PebbleEngine engine;
  private final PebbleTemplate template;

  /**
   * Reads it and what it names in quotes.
   *
   * @throws RenderException where one of the files is missing or wrong
   */
  Compiled(Path file) {
    files = new TemplateFiles(file);
    Language language =
        new Language(rendering, parsed -> new SourceReader((PebbleTemplateImpl) parsed, named));
    engine =
        new PebbleEngine.Builder()
            .loader(files)
            .registerExtensionCustomizer(language::taken)
            .extension(language)
            .autoEscaping(false)
            .newLineTrimming(false)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .maxRenderedSize(MAX_RENDERED)
            .templateCache(new Parsed())
            .build();
    try {
      template = engine.getTemplate(files.main());
      readNamed();
    } catch (RuntimeException | StackOverflowError e) {
      throw Failures.of(files, e);
    }
  }

  private void readNamed() {
    for (SourceReader.Named next = named.poll(); next != null; next = named.poll()) {
      try {
        engine.getTemplate(files.resolveRelativePath(next.name(), next.by()));
      } catch (TemplateMistake e) {
        throw e.at(next.line(), next.by());
      }
    }
  }

  /**
   * Appends what it makes of the snapshot.
   *
   * @throws RenderException where it can make nothing of it
   */
  void render(Snapshot snapshot, Utf8Buffer out) {
    // The library hands on this very map to each rendering and into each macro.
    Map<String, Object> variables = engine.getExtensionRegistry().getGlobalVariables();
    variables.clear();
    for (String name : Hidden.NAMES) {
      variables.put(name, new Hidden(name));
    }
    variables.put("self", snapshot.self());
    rendering.begin(snapshot);
    try {
      Utf8Writer writer = new Utf8Writer(out, MAX_RENDERED);
      template.evaluate(writer, new HashMap<>());
      writer.finish();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw Failures.of(files, e);
    } finally {
      rendering.end();
    }
  }

  /** Whether its files are as they were when they were read; any thread may ask. */
  boolean isCurrent() {
    return files.areCurrent();
  }

  /** Whether it may ask for distances. */
  boolean wantsDistances() {
    return files.speakOfDistances();
  }

  /** The files that were parsed. The library's own cache is made for many threads. */
  private static final class Parsed implements PebbleCache<Object, PebbleTemplate> {
    private final Map<Object, PebbleTemplate> parsed = new HashMap<>();

    @Override
    public PebbleTemplate computeIfAbsent(
        Object key, Function<? super Object, ? extends PebbleTemplate> parse) {
      PebbleTemplate known = parsed.get(key);
      if (known == null) {
        known = parse.apply(key);
        parsed.put(key, known);
      }
      return known;
    }

    @Override
    public void invalidateAll() {
      parsed.clear();
    }
  }
}
