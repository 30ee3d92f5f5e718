package io.github.serfhandler.app.settings;

import io.github.serfhandler.haproxy.HaproxySettings;
import io.github.serfhandler.output.Wait;
import io.github.serfhandler.process.Program;
import io.github.serfhandler.store.Access;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Immutable: a file that is to be kept, as the settings say it.
 *
 * @param format what is in it
 * @param template of that format alone: the template's file
 * @param path where it is; empty for the format's own name in the configuration directory
 * @param product the only product that it shows; empty for all
 * @param access its mode and owner
 * @param check what checks a new one; empty where nothing does
 * @param reload what makes its readers read it again; empty where nothing does
 * @param waits how long a change waits; empty for the default
 * @param logOutput whether what failed programs print is logged
 * @param haproxy of that format alone: what its file holds
 */
public record FileSetting(
    FileFormat format,
    Optional<Path> template,
    Optional<Path> path,
    Optional<String> product,
    Access access,
    Optional<Program> check,
    Optional<Program> reload,
    Optional<Wait> waits,
    boolean logOutput,
    Optional<HaproxySettings> haproxy) {

  /** A file of which nothing but the format, the place and the template is said. */
  static FileSetting of(FileFormat format, Optional<Path> template, Optional<Path> path) {
    return new FileSetting(
        format,
        template,
        path,
        Optional.empty(),
        Access.AS_IT_IS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        format == FileFormat.HAPROXY
            ? Optional.of(HaproxySettings.builder().build())
            : Optional.empty());
  }

  /** As on the command line; what has no word there is left out. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(format.word());
    if (template.isPresent()) {
      text.append('=').append(template.get());
    }
    if (path.isPresent()) {
      text.append(template.isPresent() ? ':' : '=').append(path.get());
    }
    return text.toString();
  }
}
