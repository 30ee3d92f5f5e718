package io.github.serfhandler.app.settings;

/** Immutable: a decimal number from 0 up to but not including 1, as {@code 0.5}. */
public final class FractionType implements ValueType<Double> {
  @Override
  public Double parse(String text) throws BadValueException {
    // Double.parseDouble alone would also take "NaN", "0x1p-1" and "1d".
    boolean plain = !text.isEmpty() && text.length() <= 20;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = (c >= '0' && c <= '9') || (c == '.' && text.indexOf('.') == i && text.length() > 1);
    }
    double value = plain ? Double.parseDouble(text) : Double.NaN;
    if (!(value >= 0 && value < 1)) {
      throw new BadValueException(
          "is not a fraction; write a number from 0 to below 1, for example 0.5");
    }
    return value;
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
