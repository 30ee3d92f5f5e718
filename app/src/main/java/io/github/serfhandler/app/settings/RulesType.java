package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.rule.KeyPattern;
import io.github.serfhandler.rule.Rule;
import io.github.serfhandler.rule.Schema;
import io.github.serfhandler.rule.SchemaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: rules for pieces of configuration, in the YAML file alone: a sequence of mappings. A
 * rule has too many parts for a line.
 */
public final class RulesType implements EntryType<Rule> {
  private static final List<String> PARTS =
      List.of("match", "schema", "check", "run", "timeout", "quiet", "log_output");
  private static final DurationType TIMEOUT =
      new DurationType(Duration.ofMillis(10), Rule.MAX_TIMEOUT);
  private static final DurationType QUIET = new DurationType(Duration.ZERO, Rule.MAX_QUIET);
  private static final String EXAMPLE = "[/usr/local/bin/check, \"{}\"]";
  private static final String ONLY_IN_FILE =
      "can not be given here; write rules in the settings file, below config: rules:";

  @Override
  public List<Rule> parse(String text) throws BadValueException {
    if (!text.isEmpty()) {
      throw new BadValueException(ONLY_IN_FILE);
    }
    return List.of();
  }

  @Override
  public Rule entry(YamlEntry entry) throws BadEntryException {
    if (entry.parts().isEmpty()) {
      throw new BadEntryException(
          entry.line(),
          "a rule is a mapping; write for example match: shop/* and below it schema:");
    }
    EntryParts parts = new EntryParts(entry);
    parts.refuseOthers(PARTS, "a rule");
    Optional<String> match = parts.text("match");
    if (match.isEmpty()) {
      throw new BadEntryException(entry.line(), "match: is missing; write for example shop/*");
    }
    try {
      Duration timeout = parts.value("timeout", TIMEOUT).orElse(Rule.DEFAULT_TIMEOUT);
      return new Rule(
          KeyPattern.parse(match.get()),
          schema(parts),
          parts.program("check", timeout, EXAMPLE),
          parts.program("run", timeout, EXAMPLE),
          parts.value("quiet", QUIET).orElse(Rule.DEFAULT_QUIET),
          parts.value("log_output", new SwitchType()).orElse(false));
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(entry.line(), Printable.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public boolean hasText() {
    return false;
  }

  @Override
  public List<String> parts() {
    return PARTS;
  }

  @Override
  public String format(List<Rule> value) {
    StringBuilder text = new StringBuilder();
    for (Rule rule : value) {
      text.append(text.length() == 0 ? "" : ", ").append(rule);
    }
    return text.toString();
  }

  @Override
  public String placeholder() {
    return "RULES";
  }

  @Override
  public String allowed() {
    return "in YAML alone: a sequence of mappings with `match` and, as needed, `schema`, `check`,"
        + " `run`, `timeout`, `quiet` and `log_output`";
  }

  @Override
  public String schema() {
    String argv = "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"string\"}}";
    return "\"type\": \"array\", \"items\": {\"type\": \"object\", \"additionalProperties\": false,"
        + " \"required\": [\"match\"], \"anyOf\": [{\"required\": [\"schema\"]}, {\"required\":"
        + " [\"check\"]}, {\"required\": [\"run\"]}], \"properties\": {\"match\": {\"type\":"
        + " \"string\", \"pattern\": \"^[A-Za-z0-9*][A-Za-z0-9*._-]{0,62}/[A-Za-z0-9*][A-Za-z0-9*._-]{0,62}$\"},"
        + " \"schema\": {\"type\": \"string\", \"minLength\": 1}, \"check\": "
        + argv
        + ", \"run\": "
        + argv
        + ", \"timeout\": {"
        + TIMEOUT.schema()
        + "}, \"quiet\": {"
        + QUIET.schema()
        + "}, \"log_output\": {"
        + new SwitchType().schema()
        + "}}}";
  }

  private static Optional<Schema> schema(EntryParts parts) throws BadEntryException {
    Optional<Path> file = parts.value("schema", new PathType("FILE"));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Schema.read(file.get()));
    } catch (SchemaException e) {
      throw new BadEntryException(
          parts.line("schema"), "schema: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
