package io.github.serfhandler.haproxy;

import java.util.Locale;

/**
 * Immutable: one command to the running HAProxy (management guide, 9.3).
 *
 * @param kind what it does
 * @param server the backend's name, a slash and the server's
 * @param value the kind's: an address, a space and a port; a weight; empty for all others
 */
record Step(Kind kind, String server, String value) {
  /** What a command does. */
  enum Kind {
    /** Where a server is; only of one in maintenance. */
    ADDRESS,
    WEIGHT,
    CHECK,
    UNCHECK,
    READY,
    DRAIN,
    MAINT;

    /** As messages say it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The command, without an end of line. */
  String command() {
    return switch (kind) {
      case ADDRESS ->
          "set server "
              + server
              + " addr "
              + value.substring(0, value.indexOf(' '))
              + " port"
              + value.substring(value.indexOf(' '));
      case WEIGHT -> "set server " + server + " weight " + value;
      case CHECK -> "enable health " + server;
      case UNCHECK -> "disable health " + server;
      case READY -> "set server " + server + " state ready";
      case DRAIN -> "set server " + server + " state drain";
      case MAINT -> "set server " + server + " state maint";
    };
  }
}
