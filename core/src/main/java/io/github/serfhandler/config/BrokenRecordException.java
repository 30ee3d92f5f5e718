package io.github.serfhandler.config;

/** A record is not as this program writes it. The message is the reason, without contents. */
final class BrokenRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenRecordException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
