package io.github.serfhandler.rule;

/**
 * A text of which each look at a character counts, so that a pattern that goes back and forth for
 * ever comes to an end; confined to one thread.
 */
final class SteppedText implements CharSequence {
  private final String text;
  private final Steps steps;

  SteppedText(String text, Steps steps) {
    this.text = text;
    this.steps = steps;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    steps.take(1);
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new SteppedText(text.substring(start, end), steps);
  }

  @Override
  public String toString() {
    return text;
  }
}
