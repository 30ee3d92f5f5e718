package io.github.serfhandler.app.settings;

/** Stateless: the JSON Schema of {@link FilesType}. */
final class FilesSchema {
  private FilesSchema() {}

  /** The members of a JSON object, without braces. */
  static String text() {
    String words = String.join("|", FileFormat.WORDS.subList(0, FileFormat.WORDS.size() - 1));
    String blank = "[ \\\\t\\\\r]*";
    String filled = "[^\\\\n]*[^\\\\s][^\\\\n]*";
    String line = blank + "((" + words + ")(=" + filled + ")?|template=" + filled + ")?" + blank;
    String text = "\"type\": \"string\"";
    String some = "{" + text + ", \"pattern\": \"[^\\\\s]\"}";
    String argv = "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"string\"}}";
    String wait = "[0-9]+ ?(ms|s|m|h)";
    return "\"type\": [\"string\", \"array\"], \"pattern\": \"^"
        + line
        + "(\\\\n"
        + line
        + ")*$\", \"items\": {\"anyOf\": [{"
        + text
        + ", \"pattern\": \"^\\\\s*(("
        + words
        + ")(=[\\\\s\\\\S]*[^\\\\s][\\\\s\\\\S]*)?|template=[\\\\s\\\\S]*[^\\\\s][\\\\s\\\\S]*)$\"}, {\"type\":"
        + " \"object\", \"additionalProperties\": false, \"required\": [\"format\"],"
        + " \"properties\": {\"format\": {\"enum\": [\""
        + String.join("\", \"", FileFormat.WORDS)
        + "\"]}, \"template\": "
        + some
        + ", \"path\": "
        + some
        + ", \"product\": "
        + some
        + ", \"mode\": {"
        + text
        + ", \"pattern\": \"^[0-7]{3,4}$\"}, \"owner\": "
        + some
        + ", \"check\": "
        + argv
        + ", \"reload\": "
        + argv
        + ", \"timeout\": {"
        + FilesType.TIMEOUT.schema()
        + "}, \"wait\": {\"anyOf\": [{"
        + text
        + ", \"pattern\": \"^"
        + wait
        + "(:"
        + wait
        + ")?$\"}, {\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"min\"],"
        + " \"properties\": {\"min\": {"
        + FilesType.WAIT.schema()
        + "}, \"max\": {"
        + FilesType.WAIT.schema()
        + "}}}]}, \"log_output\": {"
        + new SwitchType().schema()
        + "}, \"protocol\": {\"enum\": [\"tcp\", \"http\"]}, \"balance\": "
        + some
        + ", \"bind\": {\"anyOf\": ["
        + some
        + ", "
        + argv
        + "]}, \"slots\": {"
        + HaproxyParts.SLOTS.schema()
        + "}, \"socket\": "
        + some
        + ", \"head\": "
        + some
        + ", \"drain\": {"
        + HaproxyParts.DRAIN.schema()
        + "}}}]}";
  }
}
