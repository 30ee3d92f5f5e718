package io.github.serfhandler.rule;

import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.process.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that reads a schema and asks its rules; the argument says for which product. */
final class RulesProbe {
  private RulesProbe() {}

  public static void main(String[] args) throws InterruptedException {
    Rule rule =
        Rule.of(
            KeyPattern.parse("shop/*"),
            Optional.of(Schema.read(Path.of(args[0]))),
            Optional.empty(),
            Optional.of(Program.of(List.of("/bin/true"), Rule.DEFAULT_TIMEOUT)));
    Rules rules = new Rules(List.of(rule), Path.of(args[0] + ".own"), System.getLogger("probe"));
    Optional<String> refusal =
        rules.refusal(args[1], "db", 1, JsonValue.parse("{\"port\":1}").asObject());
    int failed =
        Reactions.runOnce(
            rules.rules(), Change.updated(args[1], "db", 1, Path.of("x")), System.getLogger("p"));
    System.exit(refusal.isEmpty() && failed == 0 ? 0 : 1);
  }
}
