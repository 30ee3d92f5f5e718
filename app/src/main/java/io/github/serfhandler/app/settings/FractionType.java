package io.github.serfhandler.app.settings;

/** Immutable: a decimal number from 0 up to but not including 1, as {@code 0.5}. */
public final class FractionType implements ValueType<Double> {
  private static final int EXACT_DIGITS = 15;

  @Override
  public Double parse(String text) throws BadValueException {
    // Double.parseDouble alone would also take "NaN", "0x1p-1" and "1d".
    boolean plain = !text.isEmpty() && text.length() <= 20;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = (c >= '0' && c <= '9') || (c == '.' && text.indexOf('.') == i && text.length() > 1);
    }
    double value = plain ? value(text) : Double.NaN;
    if (!(value >= 0 && value < 1)) {
      throw new BadValueException(
          "is not a fraction; write a number from 0 to below 1, for example 0.5");
    }
    return value;
  }

  /**
   * The number. Up to 15 digits are exact as a number, and so is the power of ten below them, so
   * that their quotient is the nearest value, as {@link Double#parseDouble} gives it: which takes a
   * millisecond of the start of every command.
   */
  private static double value(String text) {
    if (text.length() > EXACT_DIGITS) {
      return Double.parseDouble(text);
    }
    double digits = 0;
    double divisor = 1;
    boolean behindPoint = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        behindPoint = true;
      } else {
        digits = digits * 10 + (c - '0');
        divisor = behindPoint ? divisor * 10 : divisor;
      }
    }
    return digits / divisor;
  }

  @Override
  public String format(Double value) {
    return value.toString();
  }

  @Override
  public String placeholder() {
    return "FRACTION";
  }

  @Override
  public String allowed() {
    return "0 to below 1";
  }

  @Override
  public String schema() {
    return "\"type\": \"number\", \"minimum\": 0, \"exclusiveMaximum\": 1";
  }
}
