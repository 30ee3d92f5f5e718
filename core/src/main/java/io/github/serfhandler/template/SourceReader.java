package io.github.serfhandler.template;

import io.pebbletemplates.pebble.extension.AbstractNodeVisitor;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.ExtendsNode;
import io.pebbletemplates.pebble.node.ImportNode;
import io.pebbletemplates.pebble.node.IncludeNode;
import io.pebbletemplates.pebble.node.Node;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.TestInvocationExpression;
import io.pebbletemplates.pebble.node.expression.ArrayExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.FilterInvocationExpression;
import io.pebbletemplates.pebble.node.expression.FunctionOrMacroInvocationExpression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.node.expression.MapExpression;
import io.pebbletemplates.pebble.node.expression.RenderableNodeExpression;
import io.pebbletemplates.pebble.node.expression.TernaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryExpression;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a file that was parsed, before it is rendered: for filters and tests that do not
 * exist, and for the files that it names. Confined to one thread.
 */
final class SourceReader extends AbstractNodeVisitor {
  private static final List<String> TESTS =
      List.of("defined", "empty", "even", "iterable", "map", "null", "odd");

  /** A file that another one names. */
  record Named(String name, int line, String by) {}

  private final String file;
  private final Collection<Named> named;

  /** Reads this file, and adds those that it names. */
  SourceReader(PebbleTemplateImpl template, Collection<Named> named) {
    super(template);
    this.file = template.getName();
    this.named = named;
  }

  @Override
  public void visit(IncludeNode node) {
    name(node.getIncludeExpression());
    super.visit(node);
  }

  @Override
  public void visit(ImportNode node) {
    name(node.getImportExpression());
    super.visit(node);
  }

  @Override
  public void visit(ExtendsNode node) {
    name(node.getParentExpression());
    super.visit(node);
  }

  private void name(Expression<?> expression) {
    if (expression instanceof LiteralStringExpression text) {
      named.add(new Named(text.getValue(), text.getLineNumber(), file));
    }
  }

  @Override
  public void visit(PrintNode node) {
    super.visit(node);
    Expression<?> expression = node.getExpression();
    node.setExpression(new Located.Value(expression, node.getLineNumber()));
  }

  /** The expressions, which the library's visitor does not look into. */
  @Override
  public void visit(Node node) {
    if (node instanceof BinaryExpression<?> binary) {
      binary.getLeftExpression().accept(this);
      binary.getRightExpression().accept(this);
    } else if (node instanceof FilterInvocationExpression filter) {
      check("filter", filter.getFilterName(), Language.filterNames(), filter.getLineNumber());
      accept(filter.getArgs());
    } else if (node instanceof TestInvocationExpression test) {
      check("test", test.getTestName(), TESTS, test.getLineNumber());
      accept(test.getArgs());
    } else if (node instanceof FunctionOrMacroInvocationExpression call) {
      accept(call.getArguments());
    } else if (node instanceof GetAttributeExpression attribute) {
      attribute.getNode().accept(this);
      attribute.getAttributeNameExpression().accept(this);
      accept(attribute.getArgumentsNode());
    } else {
      visitOther(node);
    }
  }

  private void visitOther(Node node) {
    if (node instanceof RenderableNodeExpression body) {
      body.getNode().accept(this);
    } else if (node instanceof UnaryExpression unary) {
      unary.getChildExpression().accept(this);
    } else if (node instanceof TernaryExpression choice) {
      choice.getExpression1().accept(this);
      choice.getExpression2().accept(this);
      accept(choice.getExpression3());
    } else if (node instanceof ArrayExpression array) {
      for (Expression<?> value : array.getValues()) {
        value.accept(this);
      }
    } else if (node instanceof MapExpression map) {
      for (Map.Entry<Expression<?>, Expression<?>> entry : map.getEntries().entrySet()) {
        entry.getKey().accept(this);
        entry.getValue().accept(this);
      }
    }
  }

  private void accept(@Nullable Node node) {
    if (node instanceof ArgumentsNode || node instanceof Expression<?>) {
      node.accept(this);
    }
  }

  private void check(String what, String name, Collection<String> known, int line) {
    if (!known.contains(name)) {
      throw new TemplateMistake(
          "unknown "
              + what
              + " "
              + Words.quote(name)
              + "; there are: "
              + String.join(", ", known)
              + Words.hint(name, known),
          line,
          file);
    }
  }
}
