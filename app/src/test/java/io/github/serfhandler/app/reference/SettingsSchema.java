package io.github.serfhandler.app.reference;

import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stateless: {@code docs/reference/settings.schema.json}. */
final class SettingsSchema {
  private SettingsSchema() {}

  static String text() {
    List<String> properties = new ArrayList<>();
    Map<String, List<String>> groups = new TreeMap<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      if (!setting.inFile()) {
        continue;
      }
      int dot = setting.key().indexOf('.');
      if (dot > 0) {
        groups
            .computeIfAbsent(setting.key().substring(0, dot), group -> new ArrayList<>())
            .add(property("            ", setting.key().substring(dot + 1), setting));
      }
      properties.add(property("        ", setting.key(), setting));
    }
    groups.forEach(
        (group, members) ->
            properties.add(
                "        \""
                    + group
                    + "\": {\n            \"type\": [\"object\", \"null\"],\n"
                    + "            \"additionalProperties\": false,\n"
                    + "            \"properties\": {\n"
                    + String.join(",\n", members).indent(4).stripTrailing()
                    + "\n            }\n        }"));
    return """
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Settings of serf-handler",
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": {
        """
        + String.join(",\n", properties)
        + "\n    }\n}\n";
  }

  private static String property(String indent, String name, Setting<?> setting) {
    String standard = setting.defaultText();
    String text =
        setting.summary()
            + (standard == null || standard.isEmpty() ? "" : " (default: " + standard + ")");
    return indent
        + "\""
        + name
        + "\": {\"description\": \""
        + text.replace("\\", "\\\\").replace("\"", "\\\"")
        + "\", "
        + setting.type().schema()
        + "}";
  }
}
