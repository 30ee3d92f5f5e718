package io.github.serfhandler.app.settings;

/** Immutable: a whole number within bounds, both inclusive. */
public final class IntType implements ValueType<Integer> {
  private final int least;
  private final int most;

  public IntType(int least, int most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public Integer parse(String text) throws BadValueException {
    long number = 0;
    boolean digits = !text.isEmpty();
    for (int i = 0; i < text.length() && digits; i++) {
      char c = text.charAt(i);
      digits = c >= '0' && c <= '9';
      number = Math.min(number * 10 + (c - '0'), Integer.MAX_VALUE);
    }
    if (!digits) {
      throw new BadValueException("is not a whole number; allowed is " + allowed());
    }
    if (number < least || number > most) {
      throw new BadValueException("is out of range; allowed is " + allowed());
    }
    return (int) number;
  }

  @Override
  public String format(Integer value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return "N";
  }

  @Override
  public String allowed() {
    return least + " to " + most;
  }

  @Override
  public String schema() {
    return "\"type\": \"integer\", \"minimum\": " + least + ", \"maximum\": " + most;
  }
}
