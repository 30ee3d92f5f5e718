package io.github.serfhandler.converge;

/** Prints the figures of docs/adr/0011 as a Markdown table. */
final class ConvergenceTable {
  private ConvergenceTable() {}

  public static void main(String[] arguments) {
    System.out.println(
        "| nodes | digests per 60 s, settled | one update lost at one node: until all have it"
            + " | messages for it | an update lost at 30 %: until all have it | in delays of gossip |"
            + " messages for it |");
    System.out.println("|---|---|---|---|---|---|---|");
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
    double delay = new Windows(ConvergeSettings.DEFAULT, nodes, new java.util.Random()).delay();
    return String.format(
        "| %d | %.1f | %.1f s (max %.1f) | %.1f + %.1f | %.1f s (max %.1f) | %.0f | %.1f + %.1f |",
        nodes,
        settled,
        one.seconds,
        one.worst,
        one.repairs,
        one.digests,
        many.seconds,
        many.worst,
        many.worst * 1e9 / delay,
        many.repairs,
        many.digests);
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
