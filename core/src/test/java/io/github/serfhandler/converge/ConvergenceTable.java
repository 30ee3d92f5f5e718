package io.github.serfhandler.converge;

import java.util.Random;

/** Prints the figures of docs/adr/0011 as a Markdown table. */
final class ConvergenceTable {
  private ConvergenceTable() {}

  public static void main(String[] arguments) {
    System.out.println(
        "| nodes | shortest interval | digests a minute, settled"
            + " | lost at one node: all have it after | repairs and digests for it"
            + " | lost at 30 %: all have it after | the longest, in δ | repairs and digests for it |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int nodes : new int[] {3, 10, 100, 1000, 10_000}) {
      System.out.println(row(nodes));
    }
  }

  private static String row(int nodes) {
    int runs = nodes > 1000 ? 3 : 10;
    double settled = 0;
    Lost one = new Lost();
    Lost many = new Lost();
    for (int seed = 1; seed <= runs; seed++) {
      Fleet fleet = Fleet.settled(nodes, 8, seed);
      settled += fleet.digestsPerImax(10) / runs;
      one.add(fleet.lose(1), runs);
      many.add(fleet.lose(Math.max(1, nodes * 3 / 10)), runs);
    }
    Windows windows = new Windows(ConvergeSettings.DEFAULT, nodes, new Random());
    // Ten minutes are counted, in which a fleet that agrees is not silent either.
    double otherwise = 10 * settled;
    return String.format(
        "| %d | %.1f s | %.1f | %.1f s (%.1f at most) | %.1f + %.0f | %.1f s (%.1f at most) | %.0f |"
            + " %.1f + %.0f |",
        nodes,
        windows.imin() / 1e9,
        settled,
        one.seconds,
        one.worst,
        one.repairs,
        one.digests - otherwise,
        many.seconds,
        many.worst,
        many.worst * 1e9 / windows.delay(),
        many.repairs,
        many.digests - otherwise);
  }

  private static final class Lost {
    double seconds;
    double worst;
    double repairs;
    double digests;

    void add(Fleet.Healed healed, int runs) {
      seconds += healed.seconds() / runs;
      worst = Math.max(worst, healed.seconds());
      repairs += (double) healed.repairs() / runs;
      digests += (double) healed.digests() / runs;
    }
  }
}
