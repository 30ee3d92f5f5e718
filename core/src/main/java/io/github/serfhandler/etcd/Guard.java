package io.github.serfhandler.etcd;

/** Asked before anything is told to the feed. */
interface Guard {
  /**
   * How long it will let things pass, in nanoseconds, as far as it knows now.
   *
   * @throws EtcdFailure where nothing may be told any more
   */
  long nanosLeft() throws EtcdFailure;

  /**
   * Lets pass.
   *
   * @throws EtcdFailure where nothing may be told any more
   */
  default void check() throws EtcdFailure {
    if (nanosLeft() <= 0) {
      throw new IllegalStateException("a guard that neither lets pass nor throws");
    }
  }
}
