package io.github.serfhandler.app.wiring;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.replica.Gate;
import io.github.serfhandler.rule.Rules;
import java.util.Optional;

/** Lets in what the rules of the settings accept; a deletion always. Immutable, thread-safe. */
final class RuleGate implements Gate {
  private final Rules rules;

  RuleGate(Rules rules) {
    this.rules = rules;
  }

  @Override
  public Optional<String> refusal(ConfigUpdate update) throws InterruptedException {
    return update.content().isEmpty()
        ? Optional.empty()
        : rules.refusal(update.product(), update.key(), update.version(), update.content().get());
  }
}
