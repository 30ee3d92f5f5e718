package io.github.serfhandler.app.wiring;

import io.github.serfhandler.rule.Change;
import io.github.serfhandler.rule.Reactions;
import io.github.serfhandler.rule.Rule;
import io.github.serfhandler.rule.Rules;
import java.util.List;

/** Runs what reacts to a change at once, on the thread that made it. Immutable, thread-safe. */
final class ForkedReactions implements RuleChanges.Listener {
  private final List<Rule> rules;

  ForkedReactions(List<Rule> rules) {
    this.rules = rules;
  }

  @Override
  public void changed(Change change) {
    try {
      int ignored =
          Reactions.runOnce(rules, change, System.getLogger(Rules.class.getPackageName()));
    } catch (InterruptedException e) {
      // The handler's time is over, which its caller tells.
      Thread.currentThread().interrupt();
    }
  }
}
