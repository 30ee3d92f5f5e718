package io.github.serfhandler.app.reference;

import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;

/** Stateless: {@code docs/reference/settings.md}. */
final class SettingsPage {
  private SettingsPage() {}

  static String text() {
    StringBuilder out = new StringBuilder(8192);
    out.append(
        """
        # Settings
        <!-- Generated from SettingsTable.java. After a change: mvn -q -pl app -am test -Dtest=ReferenceTest,HelpTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate -->

        Every setting can be given as a flag, in the environment, or in a YAML file. A flag wins over the environment, the environment over the file, the file over the default. `serf-handler doctor` shows what a value is and where it came from.

        | key | flag | variable | default |
        |---|---|---|---|
        """);
    for (Setting<?> setting : SettingsTable.ALL) {
      out.append("| [").append(setting.key()).append("](#").append(anchor(setting)).append(") | ");
      out.append(
          setting.type().hasText()
              ? "`" + setting.flag() + "` | `" + setting.variable() + "` | "
              : "– | – | ");
      out.append(standard(setting)).append(" |\n");
    }
    out.append(
        """

        ## The file
        `--config=FILE` or `SERF_HANDLER_CONFIG` names it; without either no file is read. It is YAML in UTF-8, one document of at most 1 MiB:

        ```yaml
        # yaml-language-server: $schema=settings.schema.json
        conf_dir: /etc/serf-handler/conf
        rpc:
          addr: 127.0.0.1:7373
          auth_file: /etc/serf-handler/rpc.key
        observe:
          - product3
        guard:
          hold: 30m
        ```

        - `rpc.addr: 127.0.0.1:7373` on one line means the same as the two levels above.
        - A key that does not exist, a value that cannot be used, a key that stands twice: each is one line with file, line and remedy (`conf.yml:7: rpc.adr: unknown key; did you mean rpc.addr?`), all of them at once, and the program ends with status 2.
        - Anchors, aliases and YAML tags are not read.
        - The whole file is checked, also what a flag or a variable overrides and what the command does not use.
        - [settings.schema.json](settings.schema.json) is a JSON Schema of it, for editors.

        An empty environment variable counts as not set. A variable that begins with `SERF_HANDLER_` and is none of these has no effect; `doctor` tells.

        ## The launcher
        Two variables are for `./serf-handler` itself, before Java starts; there is neither a flag nor a key for them.

        - `SERF_HANDLER_HEAP`: how much memory Java may use, as Java's `-Xmx` has it (`512m`, `1g`). Default: `64m` for `agent`, `128m` for `watch`, `256m` for the other commands. A cluster that does not fit ends the command with status 1 and a line that names this variable.
        - `SERF_HANDLER_JAVA_HOME`: the JDK to run on. Default: the newest one found.

        ## Writing values
        - Durations: a whole number and `ms`, `s`, `m` or `h`: `250ms`, `30s`, `10m`, `1h`.
        - Lists: `:` or `,` between the entries.
        - Switches: `on` or `off`, also `true` or `false`.
        - Relative paths start at the working directory, also those in the file.

        """);
    for (Setting<?> setting : SettingsTable.ALL) {
      out.append("## ").append(setting.key()).append('\n');
      out.append(capital(setting.summary())).append(". ").append(setting.details()).append("\n\n");
      out.append("- Allowed: ").append(setting.type().allowed()).append('\n');
      out.append("- Default: ").append(standard(setting)).append('\n');
      out.append("- Example: ").append(example(setting)).append("\n\n");
    }
    return out.toString().stripTrailing() + "\n";
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(Setting<?> setting) {
    return setting.key().replace(".", "");
  }

  private static String standard(Setting<?> setting) {
    String text = setting.defaultText();
    if (text == null) {
      return "none";
    }
    return text.isEmpty() ? "empty" : "`" + text + "`";
  }

  private static String example(Setting<?> setting) {
    if (!setting.type().hasText()) {
      return "in the file `" + setting.key() + ": " + setting.example() + "`";
    }
    String flag = "`" + setting.flag() + "=" + setting.example() + "`";
    return setting.inFile() ? flag + ", in the file `" + yaml(setting) + "`" : flag;
  }

  private static String yaml(Setting<?> setting) {
    // What begins with [ would be a list.
    String value = setting.example();
    return setting.key() + ": " + (value.startsWith("[") ? "'" + value + "'" : value);
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
