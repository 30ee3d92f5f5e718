package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Stateless: reads the YAML file of settings; the only class that knows of a YAML library. */
final class YamlFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private YamlFile() {}

  /**
   * Immutable: what the file says of one setting.
   *
   * @param setting the setting
   * @param text its value as written; the entries of a sequence with {@code :} between them
   * @param items the entries of a sequence where they have parts of their own; the text is empty
   * @param line the line, from 1
   */
  record Entry(Setting<?> setting, String text, List<YamlEntry> items, int line) {
    Entry(Setting<?> setting, String text, int line) {
      this(setting, text, List.of(), line);
    }

    Entry {
      items = List.copyOf(items);
    }
  }

  /**
   * Immutable: a file that was read.
   *
   * @param entries what it says, in its order; values are not checked yet
   * @param problems what is wrong with it, a line each
   */
  record Content(List<Entry> entries, List<String> problems) {
    Content {
      entries = List.copyOf(entries);
      problems = List.copyOf(problems);
    }
  }

  static Content read(Path path) {
    String text;
    try {
      text = SmallFile.read(path, MAX_BYTES);
    } catch (IOException e) {
      return new Content(List.of(), List.of(String.valueOf(e.getMessage())));
    }
    return parse(Printable.of(path.toString()), text);
  }

  /** Reads the text of a file; its name is for the messages alone. */
  static Content parse(String name, String text) {
    LoadSettings options = LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
    YamlReader reader = new YamlReader(name, new Parse(options).parseString(text).iterator());
    try {
      reader.readAll();
    } catch (ReaderException e) {
      // Its message quotes the file, in which a key may stand.
      int line = 1;
      for (int i = 0; i < Math.min(e.getPosition(), text.length()); i++) {
        line += text.charAt(i) == '\n' ? 1 : 0;
      }
      reader.problem(line, "a control character that YAML does not allow; remove it");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().isPresent() ? e.getProblemMark().get().getLine() + 1 : 1;
      reader.problem(
          line,
          "not YAML: "
              + described(e.getProblem())
              + "; look for a missing quote, a missing blank after a colon, or a tab");
    } catch (YamlEngineException e) {
      reader.problem(1, "not YAML (" + e.getClass().getSimpleName() + ")");
    }
    return reader.content();
  }

  /** The library's words, but for those that quote the file: a key may stand there. */
  private static String described(String problem) {
    return problem.indexOf('!') < 0 ? Printable.of(problem) : "a tag that is not known";
  }
}
