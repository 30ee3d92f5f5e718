package io.github.serfhandler.template;

import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;

/** What is rendered again and again, each time counted: the body of a loop, macro or block. */
final class SteppedBody extends BodyNode {
  private final Steps steps;

  SteppedBody(BodyNode body, Steps steps) {
    super(body.getLineNumber(), body.getChildren());
    this.steps = steps;
  }

  @Override
  public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
      throws IOException {
    try {
      steps.take(1);
    } catch (TemplateMistake e) {
      throw e.at(getLineNumber(), self.getName());
    }
    super.render(self, writer, context);
  }
}
