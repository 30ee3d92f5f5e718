package io.github.serfhandler.app.settings;

/** Immutable: a text that must not be printed; {@link #toString} does not hold it. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /** The text itself, for the one who sends it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
