package io.github.serfhandler.discovery;

import io.github.serfhandler.catalog.Held;
import io.github.serfhandler.catalog.TagProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stateless: what people are told of a pass, in sentences of one line each, the same in the log of
 * a resident agent and on the standard error of a single pass.
 */
public final class Notes {
  /** The node neither subscribes nor observes: what its tags say, but hardly what was meant. */
  public static final String NO_PRODUCTS =
      "this node subscribes to nothing and observes nothing, so the files are empty; set the tag"
          + " products of the local agent, or --products";

  private static final int MOST = 20;

  private Notes() {}

  /** A line for each of the first 20 problems, and one that counts the others. */
  public static List<String> problems(List<TagProblem> problems) {
    List<String> lines = new ArrayList<>();
    for (TagProblem problem : first(problems)) {
      lines.add(problem.toString());
    }
    if (problems.size() > MOST) {
      lines.add(
          "and "
              + count(problems.size() - MOST, "more bad tag")
              + "; see: serf-handler nodes --format=json");
    }
    return lines;
  }

  /** That the mass-loss guard began to hold these; names the first 20. */
  public static String held(List<Held> begun) {
    String others = begun.size() > MOST ? " and " + (begun.size() - MOST) + " more" : "";
    return "most of a service failed at once, so its last known instances stay in the files: "
        + first(begun)
        + others;
  }

  /** Which files were written, and what they show. */
  static String updated(PassResult result) {
    StringBuilder line = new StringBuilder("updated ");
    String before = "";
    for (Path file : result.updated()) {
      line.append(before).append(file.getFileName());
      before = ", ";
    }
    line.append(": ").append(count(result.view().size(), "instance"));
    line.append(" in ").append(count(result.view().products().size(), "product"));
    return line.append(", ").append(count(result.memberCount(), "member")).toString();
  }

  private static <T> List<T> first(List<T> things) {
    return things.subList(0, Math.min(things.size(), MOST));
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
