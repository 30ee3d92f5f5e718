package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Parts of a template whose failures know their line, which not all of the library's do. */
final class Located {
  private Located() {}

  /** An expression. */
  record Value(Expression<?> expression, int line) implements Expression<Object> {
    @Override
    public @Nullable Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      try {
        Object value = expression.evaluate(self, context);
        if (value instanceof Hidden hidden) {
          throw hidden.unknown();
        }
        return value;
      } catch (RuntimeException e) {
        throw placed(e, line, self.getName());
      }
    }

    @Override
    public void accept(NodeVisitor visitor) {
      expression.accept(visitor);
    }

    @Override
    public int getLineNumber() {
      return line;
    }
  }

  /** A tag. */
  record Tag(RenderableNode node, int line) implements RenderableNode {
    @Override
    public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
        throws IOException {
      try {
        node.render(self, writer, context);
      } catch (RuntimeException e) {
        throw placed(e, line, self.getName());
      }
    }

    @Override
    public void accept(NodeVisitor visitor) {
      node.accept(visitor);
    }
  }

  /** The same failure, in that place where it knows none. */
  static RuntimeException placed(RuntimeException e, int line, String file) {
    if (e instanceof TemplateMistake mistake) {
      return mistake.at(line, file);
    } else if (e instanceof PebbleException known) {
      return known.getLineNumber() != null
          ? known
          : new PebbleException(known, known.getPebbleMessage(), line, file);
    }
    return new PebbleException(e, "a value of another kind is needed here", line, file);
  }
}
