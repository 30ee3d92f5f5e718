package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Immutable: a configuration directory as applications read it, by a parser of its own.
 *
 * @param folder the directory; it may not exist yet
 */
public record ConfDir(Path folder) {
  private static final List<String> FILES =
      List.of("services.json", "services.yml", "fakedhosts.txt");

  /** The option that names it. */
  public String option() {
    return "--conf-dir=" + folder;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** A file's text; an {@link UncheckedIOException} where there is none. */
  public String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The three files' texts. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    for (String name : FILES) {
      texts.put(name, text(name));
    }
    return texts;
  }

  /** The nodes that services.json names for a service, in its order. */
  public List<String> nodes(String product, String service) {
    List<String> names = new ArrayList<>();
    if (parsed("services.json").get(product) instanceof Map<?, ?> services
        && services.get(service) instanceof List<?> instances) {
      for (Object instance : instances) {
        names.add(String.valueOf(((Map<?, ?>) instance).get("name")));
      }
    }
    return names;
  }

  /** Waits until a service has these nodes and no others in services.json. */
  public void awaitNodes(String product, String service, String... nodes) {
    Waiting.until(
        "the nodes of " + product + "/" + service,
        () -> assertThat(nodes(product, service)).containsExactly(nodes));
  }

  /** Waits until all three files hold a text. */
  public void awaitText(String text) {
    Waiting.until(
        text + " in all files", () -> assertThat(texts().values()).allMatch(t -> t.contains(text)));
  }

  /** What the resident agent tells of itself. */
  public Map<?, ?> status() {
    return parsed(".serf-handler/status.json");
  }

  /** Waits until the status has this value. */
  public void awaitStatus(String key, Object value) {
    Waiting.until(
        "the status " + key, () -> assertThat(status().get(key)).as(key).isEqualTo(value));
  }

  private Map<?, ?> parsed(String name) {
    Object value = new Load(LoadSettings.builder().build()).loadFromString(text(name));
    assertThat(value).as(name).isInstanceOf(Map.class);
    return (Map<?, ?>) value;
  }
}
