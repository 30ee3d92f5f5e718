package io.github.serfhandler.template;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.View;

/** What the rendering of this moment works on. Confined to one thread. */
final class Rendering {
  private final Steps steps = new Steps();
  private Model model = new Model(Snapshot.of(View.EMPTY));

  /** A rendering of this snapshot begins. */
  void begin(Snapshot snapshot) {
    model = new Model(snapshot);
    steps.begin();
  }

  /** It is over; what it worked on is given up. */
  void end() {
    model = new Model(Snapshot.of(View.EMPTY));
  }

  Model model() {
    return model;
  }

  Steps steps() {
    return steps;
  }
}
