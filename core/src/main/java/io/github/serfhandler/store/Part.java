package io.github.serfhandler.store;

/**
 * Immutable: the first bytes of a file.
 *
 * @param bytes not to be changed
 * @param size the bytes of the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of a megabyte would cost.
public record Part(byte[] bytes, long size) {
  /** Whether these are all. */
  public boolean isWhole() {
    return bytes.length == size;
  }

  @Override
  public String toString() {
    return bytes.length + " of " + size + " bytes";
  }
}
