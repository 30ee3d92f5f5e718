package io.github.serfhandler.app.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** Stateless: what differs between two texts, in the unified form; knows of a library for it. */
public final class LineDiff {
  private static final int CONTEXT = 3;

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String CYAN = "\u001b[36m";
  private static final String PLAIN = "\u001b[0m";

  private LineDiff() {}

  /** The lines of the difference; none where there is none. */
  public static List<String> of(
      String oldName, List<String> old, String newName, List<String> next) {
    return UnifiedDiffUtils.generateUnifiedDiff(
        oldName, newName, old, DiffUtils.diff(old, next), CONTEXT);
  }

  /** The lines of a difference with the colours that git gives them. */
  public static List<String> coloured(List<String> diff) {
    return diff.stream().map(LineDiff::coloured).toList();
  }

  private static String coloured(String line) {
    if (line.startsWith("---") || line.startsWith("+++") || line.isEmpty()) {
      return line;
    }
    return switch (line.charAt(0)) {
      case '-' -> RED + line + PLAIN;
      case '+' -> GREEN + line + PLAIN;
      case '@' -> CYAN + line + PLAIN;
      default -> line;
    };
  }
}
