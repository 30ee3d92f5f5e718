package io.github.serfhandler.app.system;

import java.util.ArrayList;
import java.util.List;

/** Stateless: the fenced blocks of a Markdown document. */
final class MarkdownBlocks {
  private static final String FENCE = "```";

  private MarkdownBlocks() {}

  /** The texts of the blocks in this language, in their order. */
  static List<String> of(String markdown, String language) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    boolean inside = false;
    for (String line : markdown.lines().toList()) {
      if (!line.startsWith(FENCE)) {
        if (block != null) {
          block.append(line).append('\n');
        }
      } else if (inside) {
        inside = false;
        if (block != null) {
          blocks.add(block.toString());
          block = null;
        }
      } else {
        inside = true;
        if (line.strip().equals(FENCE + language)) {
          block = new StringBuilder();
        }
      }
    }
    return blocks;
  }
}
