package io.github.serfhandler.rule;

/** The names of the variables that checks and reactions get. */
final class Variables {
  static final String PRODUCT = "SERF_HANDLER_PRODUCT";
  static final String KEY = "SERF_HANDLER_KEY";
  static final String VERSION = "SERF_HANDLER_VERSION";
  static final String FILE = "SERF_HANDLER_FILE";
  static final String CHANGE = "SERF_HANDLER_CHANGE";
  static final String CHANGES = "SERF_HANDLER_CHANGES";
  static final String MORE_CHANGES = "SERF_HANDLER_MORE_CHANGES";

  private Variables() {}
}
