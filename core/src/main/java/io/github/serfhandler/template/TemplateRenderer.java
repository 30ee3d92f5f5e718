package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Renders a template that somebody wrote, in the language of Pebble, which is much like Jinja.
 * Confined to one thread. The template and what it includes are read when they are first needed,
 * and again when one of these files changed.
 *
 * <p>Functions, all in the order of the catalog:
 *
 * <ul>
 *   <li>{@code products()}: the names of the products that this node sees
 *   <li>{@code services(product)}: the names of its services; {@code services()}: all services,
 *       each with {@code product}, {@code name} and {@code instances}
 *   <li>{@code instances(product, service)}: each with {@code node}, {@code addr}, {@code port},
 *       {@code hostport}, {@code weight}, {@code check}, {@code tags}, {@code distance} (in
 *       milliseconds, or null) and {@code held} (kept by the mass-loss guard alone)
 *   <li>{@code nearest(instances)}: the same, the nearest first, this node's own before all and
 *       those of which nothing is known last
 *   <li>{@code nodes()} and {@code node(name)} (null where there is none): each with {@code name},
 *       {@code addr}, {@code status}, {@code roles}, {@code products}, {@code tags} and {@code
 *       distance}; {@code tags(node)}: the tags of a node, an instance's node or a name
 *   <li>the variable {@code self}: this node's name
 * </ul>
 *
 * <p>Who is not seen has nothing, which is no error. Filters of ours: {@code json} (any value, safe
 * in a JSON file), {@code shell} (one word in single quotes) and {@code split(text)}.
 *
 * <p>A template reaches nothing but these values: no method of an object, no file out of its own
 * folder (but through links, which their owner made). Bounded are each file (1 MiB), their number
 * (100), the steps of a rendering (5 million passes of loops and calls), a range (100,000) and the
 * rendered file (16 MiB). Not bounded is the memory that a template takes on purpose, as by text
 * that it doubles again and again: it is written by whoever runs this program.
 */
public final class TemplateRenderer implements Renderer {
  private final Path template;
  private final String fileName;
  private volatile @Nullable Compiled compiled; // Read by whoever asks from outside, too.
  private boolean sound;

  /** For that template, which is not read yet; the file is named like it, without its last dot. */
  public TemplateRenderer(Path template) {
    this(template, nameOf(template));
  }

  /**
   * For that template, which is not read yet.
   *
   * @param fileName the rendered file's name where nothing else is said
   */
  public TemplateRenderer(Path template, String fileName) {
    this.template = template;
    this.fileName = fileName;
  }

  private static String nameOf(Path template) {
    Path last = template.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public String fileName() {
    return fileName;
  }

  /**
   * Reads the template, and what it includes by names in quotes, so that a mistake in their syntax
   * is told before anything begins. Need not be called.
   *
   * @throws RenderException where they are missing or wrong
   */
  @Override
  public void prepare() {
    compiled = null;
    sound = false;
    compiled = new Compiled(template);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RenderException where the template is missing, wrong or too much; one line with the
   *     file, the line in it, and what was expected there
   */
  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    Compiled current = compiled;
    if (current == null || !current.isCurrent()) {
      compiled = null;
      current = new Compiled(template);
      compiled = current;
    }
    sound = false;
    current.render(snapshot, out);
    sound = true;
  }

  /** Also no where the template, or a file that it includes, has changed since. */
  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    Compiled current = compiled;
    return sound && current != null && before.equals(now) && current.isCurrent();
  }

  /** Whether the template, or a file that it includes, has changed since it was read. */
  @Override
  public boolean isStale() {
    Compiled current = compiled;
    return current != null && !current.isCurrent();
  }

  /**
   * Whether the template, or a file that it is known to include, speaks of {@code nearest} or
   * {@code distance}; no before it was read.
   */
  @Override
  public boolean wantsDistances() {
    Compiled current = compiled;
    return current != null && current.wantsDistances();
  }
}
