package io.github.serfhandler.etcd;

import org.jspecify.annotations.Nullable;

/**
 * Something that etcd was asked for did not come. The message is one line for people, as {@link
 * io.github.serfhandler.source.SourceException} wants it.
 */
final class EtcdFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The codes of gRPC that mean something here ({@code google.rpc.Code}). */
  static final long OUT_OF_RANGE = 11;

  static final long PERMISSION_DENIED = 7;
  static final long FAILED_PRECONDITION = 9;

  /** What can be done about it. */
  enum Kind {
    /** That server can not be reached or can not do it now: another one may. */
    AWAY,
    /** It answered what can not be understood. */
    ODD,
    /** It said no, as each of them would. */
    REFUSED,
    /** It said no because the token is no longer good. */
    TOKEN,
    /** The answer is bigger than was allowed for. */
    TOO_BIG,
    /** The lock belongs to another one, perhaps. */
    LOCK_LOST,
    /** This source was closed. */
    CLOSED
  }

  private final Kind kind;
  private final long code;

  EtcdFailure(Kind kind, String message) {
    this(kind, 0, message, null);
  }

  EtcdFailure(Kind kind, long code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  Kind kind() {
    return kind;
  }

  /** The code of gRPC; 0 where etcd gave none. */
  long code() {
    return code;
  }

  /** Whether another server may do better. */
  boolean isOfServer() {
    return kind == Kind.AWAY || kind == Kind.ODD;
  }

  /** The line. */
  String line() {
    return String.valueOf(getMessage());
  }
}
