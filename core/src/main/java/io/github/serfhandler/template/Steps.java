package io.github.serfhandler.template;

/**
 * Counts the work of a rendering, not its time, so that all nodes agree on whether a template is
 * too much. Confined to one thread.
 */
final class Steps {
  /** So many in one rendering; a pass of a loop is one, or a call of a macro. */
  static final int MAX = 5_000_000;

  private int left = MAX;

  /** A new rendering begins. */
  void begin() {
    left = MAX;
  }

  /**
   * Does so many.
   *
   * @throws TemplateMistake where they are too many
   */
  void take(int steps) {
    left -= Math.min(steps, MAX);
    if (left < 0) {
      left = 0;
      throw new TemplateMistake(
          "it takes more than " + MAX + " steps; look for loops in loops that never end");
    }
  }
}
