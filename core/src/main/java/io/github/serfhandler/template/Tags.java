package io.github.serfhandler.template;

import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.node.BlockNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.MacroNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.tokenParser.BlockTokenParser;
import io.pebbletemplates.pebble.tokenParser.ExtendsTokenParser;
import io.pebbletemplates.pebble.tokenParser.FilterTokenParser;
import io.pebbletemplates.pebble.tokenParser.ForTokenParser;
import io.pebbletemplates.pebble.tokenParser.FromTokenParser;
import io.pebbletemplates.pebble.tokenParser.IfTokenParser;
import io.pebbletemplates.pebble.tokenParser.ImportTokenParser;
import io.pebbletemplates.pebble.tokenParser.IncludeTokenParser;
import io.pebbletemplates.pebble.tokenParser.MacroTokenParser;
import io.pebbletemplates.pebble.tokenParser.SetTokenParser;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The tags of the language: the library's without those that keep something from one rendering to
 * the next ({@code cache}), need threads ({@code parallel}) or do nothing here ({@code autoescape},
 * {@code flush}); counted, and with the lines of failures.
 */
final class Tags {
  private Tags() {}

  static List<TokenParser> of(Steps steps) {
    return List.of(
        new Block(steps),
        new ExtendsTokenParser(),
        new FilterTokenParser(),
        new For(steps),
        new From(),
        new IfTokenParser(),
        new ImportTokenParser(),
        new Include(),
        new Macro(steps),
        new SetValue());
  }

  private static final class Block extends BlockTokenParser {
    private final Steps steps;

    Block(Steps steps) {
      this.steps = steps;
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      BlockNode node = (BlockNode) super.parse(token, parser);
      return new BlockNode(
          node.getLineNumber(),
          node.getName(),
          new SteppedBody(node.getBody(), token.getLineNumber(), steps));
    }
  }

  private static final class For extends ForTokenParser {
    private final Steps steps;

    For(Steps steps) {
      this.steps = steps;
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      ForNode node = (ForNode) super.parse(token, parser);
      return new ForNode(
          node.getLineNumber(),
          node.getIterationVariable(),
          new Located.Value(node.getIterable(), node.getLineNumber()),
          new SteppedBody(node.getBody(), token.getLineNumber(), steps),
          node.getElseBody());
    }
  }

  /**
   * The library's registers the macros with the template at each rendering and fails at the second
   * one; here the first does it for all. So the file must be the same each time.
   */
  private static final class From extends FromTokenParser {
    @Override
    public RenderableNode parse(Token token, Parser parser) {
      Token file = parser.getStream().peek();
      if (!file.test(Token.Type.STRING)) {
        throw new ParserException(
            null,
            "the tag from takes the name of a file in quotes",
            token.getLineNumber(),
            parser.getStream().getFilename());
      }
      RenderableNode node = super.parse(token, parser);
      return new Located.Tag(new Once(node), token.getLineNumber());
    }
  }

  private static final class Once implements RenderableNode {
    private final RenderableNode node;
    private boolean done;

    Once(RenderableNode node) {
      this.node = node;
    }

    @Override
    public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
        throws IOException {
      if (!done) {
        node.render(self, writer, context);
        done = true;
      }
    }

    @Override
    public void accept(NodeVisitor visitor) {
      node.accept(visitor);
    }
  }

  private static final class Include extends IncludeTokenParser {
    @Override
    public RenderableNode parse(Token token, Parser parser) {
      return new Located.Tag(super.parse(token, parser), token.getLineNumber());
    }
  }

  private static final class Macro extends MacroTokenParser {
    private final Steps steps;

    Macro(Steps steps) {
      this.steps = steps;
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      MacroNode node = (MacroNode) super.parse(token, parser);
      return new MacroNode(
          node.getName(),
          node.getArgs(),
          new SteppedBody(node.getBody(), token.getLineNumber(), steps));
    }
  }

  private static final class SetValue extends SetTokenParser {
    @Override
    public RenderableNode parse(Token token, Parser parser) {
      SetNode node = (SetNode) super.parse(token, parser);
      return new SetNode(
          node.getLineNumber(),
          node.getName(),
          new Located.Value(node.getValue(), node.getLineNumber()));
    }
  }
}
