package io.github.serfhandler.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Immutable: how a load balancer may find out whether an instance works, as the tag {@code
 * P.S.check} says it.
 *
 * @param text {@code tcp} (connect to it), {@code off} (do not), or the path of an HTTP request, as
 *     {@code /health}: at most 128 visible ASCII characters without those that mean something in
 *     the files of load balancers
 */
public record HealthCheck(String text) {
  /** Connects to the port; what counts where a node says nothing. */
  public static final HealthCheck TCP = new HealthCheck("tcp");

  /** No check. */
  public static final HealthCheck OFF = new HealthCheck("off");

  /** Why a value is none, for people. */
  static final String RULE =
      "not tcp, off or a path as /health of at most 128 visible ASCII characters, none of them"
          + " \" ' \\ # % $ ; { } ` < > | ^";

  private static final int LONGEST = 128;
  private static final String UNSAFE = "\"'\\#%$;{}`<>|^";

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException where it says nothing that can be used
   */
  public HealthCheck {
    if (!isLegal(text)) {
      throw new IllegalArgumentException("a check is " + RULE);
    }
  }

  /** What a tag's value says; null where it says nothing that can be used. */
  static @Nullable HealthCheck parse(String text) {
    if (!isLegal(text)) {
      return null;
    }
    return switch (text) {
      case "tcp" -> TCP;
      case "off" -> OFF;
      default -> new HealthCheck(text);
    };
  }

  /** Whether it asks by HTTP for {@link #text}. */
  public boolean isHttp() {
    return text.charAt(0) == '/';
  }

  private static boolean isLegal(String text) {
    if (text.equals("tcp") || text.equals("off")) {
      return true;
    }
    if (text.isEmpty() || text.charAt(0) != '/' || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  // Not the records' own ones: they go through invokedynamic and cost start-up time.
  @Override
  public boolean equals(Object other) {
    return other instanceof HealthCheck that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
