package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.Wait;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.store.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Immutable: files that are to be kept. A text is {@code FORMAT}, {@code FORMAT=PATH} or {@code
 * template=IN[:OUT]}; of several lines each is one. In the YAML file an entry may also be a mapping
 * with all that can be said of a file.
 */
public final class FilesType extends TextEntries<FileSetting> {
  private static final List<String> PARTS =
      List.of(
          "format",
          "template",
          "path",
          "product",
          "mode",
          "owner",
          "check",
          "reload",
          "timeout",
          "wait",
          "log_output",
          "protocol",
          "balance",
          "bind",
          "slots",
          "socket",
          "head",
          "drain");
  private static final List<FileFormat> OF_ONE_PRODUCT =
      List.of(
          FileFormat.HOSTS,
          FileFormat.HAPROXY,
          FileFormat.NGINX,
          FileFormat.PROMETHEUS,
          FileFormat.ENV);

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  static final DurationType TIMEOUT = new DurationType(Duration.ofMillis(10), Duration.ofHours(1));
  static final DurationType WAIT = new DurationType(Duration.ZERO, Wait.LONGEST);
  private static final String CHECK_EXAMPLE = "[haproxy, -c, -f, \"" + FileSpec.NEW_FILE + "\"]";
  private static final String RELOAD_EXAMPLE = "[systemctl, reload, haproxy]";

  @Override
  public List<String> parts() {
    return PARTS;
  }

  @Override
  public List<String> mappings() {
    return List.of("wait");
  }

  @Override
  public String format(List<FileSetting> value) {
    StringBuilder text = new StringBuilder();
    for (FileSetting file : value) {
      text.append(text.length() == 0 ? "" : "\n").append(file);
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return "FORMAT[=PATH]";
  }

  @Override
  public String allowed() {
    return "`FORMAT`, `FORMAT=PATH` or `template=IN[:OUT]`, one a line, and a flag for each; in YAML"
        + " a sequence of such texts and of mappings with `format` and, as needed, "
        + "`"
        + String.join("`, `", PARTS.subList(1, PARTS.size()))
        + "`";
  }

  @Override
  public String schema() {
    return FilesSchema.text();
  }

  @Override
  FileSetting one(String text) throws BadValueException {
    String line = text.trim();
    int equals = line.indexOf('=');
    FileFormat format = FileFormat.parse(equals < 0 ? line : line.substring(0, equals).trim());
    String rest = equals < 0 ? "" : line.substring(equals + 1).trim();
    if (format != FileFormat.TEMPLATE) {
      Optional<Path> path = equals < 0 ? Optional.empty() : Optional.of(path(rest));
      return FileSetting.of(format, Optional.empty(), path);
    }
    int colon = rest.lastIndexOf(':');
    String template = colon < 0 ? rest : rest.substring(0, colon);
    if (template.isBlank()) {
      throw new BadValueException(
          "names no template; write for example template=app.conf.peb:/etc/app.conf");
    }
    Optional<Path> path =
        colon < 0 ? Optional.empty() : Optional.of(path(rest.substring(colon + 1)));
    return FileSetting.of(format, Optional.of(path(template)), path);
  }

  private static Path path(String text) throws BadValueException {
    return new PathType("FILE").parse(text);
  }

  @Override
  FileSetting mapping(YamlEntry entry) throws BadEntryException {
    EntryParts parts = new EntryParts(entry);
    parts.refuseOthers(PARTS, "a file");
    FileFormat format = formatOf(entry, parts);
    Optional<Path> template = parts.value("template", new PathType("FILE"));
    if (format == FileFormat.TEMPLATE && template.isEmpty()) {
      throw new BadEntryException(
          entry.line(), "template: is missing; write for example template: app.conf.peb");
    }
    Optional<String> product = product(parts);
    Duration timeout = parts.value("timeout", TIMEOUT).orElse(DEFAULT_TIMEOUT);
    return new FileSetting(
        format,
        template,
        parts.value("path", new PathType("FILE")),
        product,
        access(parts),
        check(parts, timeout),
        parts.program("reload", timeout, RELOAD_EXAMPLE),
        waits(parts),
        parts.value("log_output", new SwitchType()).orElse(true),
        format == FileFormat.HAPROXY
            ? Optional.of(HaproxyParts.read(parts, product))
            : Optional.empty());
  }

  private static FileFormat formatOf(YamlEntry entry, EntryParts parts) throws BadEntryException {
    Optional<String> word = parts.text("format");
    if (word.isEmpty()) {
      throw new BadEntryException(
          entry.line(), "format: is missing; write one of " + String.join(", ", FileFormat.WORDS));
    }
    FileFormat format;
    try {
      format = FileFormat.parse(word.get());
    } catch (BadValueException e) {
      throw new BadEntryException(
          parts.line("format"), "format: " + Printable.quoted(word.get()) + " " + e.getMessage());
    }
    for (String part : entry.parts().keySet()) {
      boolean misplaced =
          (part.equals("template") && format != FileFormat.TEMPLATE)
              || (part.equals("product") && !OF_ONE_PRODUCT.contains(format))
              || (HaproxyParts.PARTS.contains(part) && format != FileFormat.HAPROXY);
      if (misplaced) {
        throw new BadEntryException(
            parts.line(part),
            part + ": means nothing for the format " + format.word() + "; remove the line");
      }
    }
    return format;
  }

  private static Optional<String> product(EntryParts parts) throws BadEntryException {
    Optional<String> product = parts.text("product");
    if (product.isPresent() && !Names.isLegal(product.get())) {
      throw new BadEntryException(
          parts.line("product"),
          "product: "
              + Printable.quoted(product.get())
              + " is no name of a product: "
              + Names.RULE);
    }
    return product;
  }

  private static Access access(EntryParts parts) throws BadEntryException {
    OptionalInt mode = OptionalInt.empty();
    Optional<String> text = parts.text("mode");
    if (text.isPresent()) {
      if (!text.get().matches("[0-7]{3,4}")) {
        throw new BadEntryException(
            parts.line("mode"),
            "mode: "
                + Printable.quoted(text.get())
                + " is no mode; write three or four octal digits in quotes, for example \"0640\"");
      }
      mode = OptionalInt.of(Integer.parseInt(text.get(), 8));
    }
    Optional<String> owner = parts.text("owner");
    if (owner.isEmpty()) {
      return new Access(mode, Optional.empty(), Optional.empty());
    }
    int colon = owner.get().indexOf(':');
    String user = colon < 0 ? owner.get() : owner.get().substring(0, colon);
    String group = colon < 0 ? "" : owner.get().substring(colon + 1);
    if (user.length() + group.length() == 0 || group.indexOf(':') >= 0) {
      throw new BadEntryException(
          parts.line("owner"),
          "owner: "
              + Printable.quoted(owner.get())
              + " is not USER, USER:GROUP or :GROUP; write for example root:haproxy");
    }
    return new Access(
        mode,
        user.isEmpty() ? Optional.empty() : Optional.of(user),
        group.isEmpty() ? Optional.empty() : Optional.of(group));
  }

  private static Optional<Program> check(EntryParts parts, Duration timeout)
      throws BadEntryException {
    Optional<Program> check = parts.program("check", timeout, CHECK_EXAMPLE);
    if (check.isPresent() && check.get().argv().lastIndexOf(FileSpec.NEW_FILE) < 1) {
      throw new BadEntryException(
          parts.line("check"),
          "check: is not told which file to check; write "
              + FileSpec.NEW_FILE
              + " as an argument in its place, for example "
              + CHECK_EXAMPLE);
    }
    return check;
  }

  /**
   * {@code 2s}, {@code 2s:10s}, or a mapping; without a longest time it is four times the other.
   */
  private static Optional<Wait> waits(EntryParts parts) throws BadEntryException {
    YamlEntry.Part part = parts.part("wait");
    if (part == null) {
      return Optional.empty();
    }
    String min;
    String max;
    if (part.words().isEmpty()) {
      String text = parts.text("wait").orElse("");
      int colon = text.indexOf(':');
      min = colon < 0 ? text : text.substring(0, colon);
      max = colon < 0 ? "" : text.substring(colon + 1);
    } else {
      min = part.words().getOrDefault("min", "");
      max = part.words().getOrDefault("max", "");
      for (Map.Entry<String, String> word : part.words().entrySet()) {
        if (!word.getKey().equals("min") && !word.getKey().equals("max")) {
          throw new BadEntryException(
              part.line(),
              "wait: " + Printable.of(word.getKey()) + ": unknown; there are min and max");
        }
      }
    }
    try {
      Duration shortest = WAIT.parse(min.trim());
      Duration longest =
          max.isEmpty() ? shorter(shortest.multipliedBy(4), Wait.LONGEST) : WAIT.parse(max.trim());
      return Optional.of(new Wait(shortest, longest));
    } catch (BadValueException e) {
      throw new BadEntryException(
          part.line(), "wait: is two durations; write for example 2s:10s or {min: 2s, max: 10s}");
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(part.line(), "wait: " + e.getMessage());
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
