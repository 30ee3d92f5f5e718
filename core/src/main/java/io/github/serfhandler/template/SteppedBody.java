package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;

/** What is rendered again and again, each time counted: the body of a loop, macro or block. */
final class SteppedBody extends BodyNode {
  private final Steps steps;

  /** The body of what begins in that line. */
  SteppedBody(BodyNode body, int line, Steps steps) {
    super(line, body.getChildren());
    this.steps = steps;
  }

  @Override
  public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
      throws IOException {
    try {
      steps.take(1);
      super.render(self, writer, context);
    } catch (PebbleException e) {
      throw Located.placed(e, getLineNumber(), self.getName());
    }
  }
}
