package io.github.serfhandler.app.settings;

/** Immutable: {@code on} or {@code off}; {@code true} and {@code false} mean the same. */
public final class SwitchType implements ValueType<Boolean> {
  @Override
  public Boolean parse(String text) throws BadValueException {
    return switch (text) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new BadValueException("is neither on nor off");
    };
  }

  @Override
  public String format(Boolean value) {
    return value ? "on" : "off";
  }

  @Override
  public String placeholder() {
    return "on|off";
  }

  @Override
  public String allowed() {
    return "`on` or `off` (also `true`, `false`)";
  }

  @Override
  public String schema() {
    return "\"enum\": [true, false, \"on\", \"off\"]";
  }
}
