package io.github.serfhandler.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes in files. */
final class Contents {
  /** The JDK keeps a direct buffer as large as the largest single read or write of a thread. */
  private static final int CHUNK = 64 * 1024;

  private Contents() {}

  /** Whether the file, so many bytes long, holds exactly the buffer's remaining bytes. */
  static boolean same(Path file, long size, ByteBuffer bytes) throws IOException {
    if (size != bytes.remaining()) {
      return false;
    }
    ByteBuffer rest = bytes.duplicate();
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, size)));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(chunk.clear()) >= 0) {
        chunk.flip();
        if (chunk.remaining() > rest.remaining()) {
          return false;
        }
        ByteBuffer expected = rest.slice(rest.position(), chunk.remaining());
        if (!expected.equals(chunk)) {
          return false;
        }
        rest.position(rest.position() + chunk.remaining());
      }
      return !rest.hasRemaining();
    } catch (AccessDeniedException e) {
      return false; // One may write where one may not read; then it is simply written.
    }
  }

  /** All bytes of the file, at most {@code maxBytes}. */
  static byte[] all(FileChannel channel, int maxBytes) throws IOException {
    long size = channel.size();
    if (size > maxBytes) {
      throw new IOException(size + " bytes are too long, the limit is " + maxBytes);
    }
    return start(channel, (int) size);
  }

  /** So many bytes from the file's start, which must be there. */
  static byte[] start(FileChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      bytes.limit(Math.min(bytes.capacity(), bytes.position() + CHUNK));
      if (channel.read(bytes) < 0) {
        throw new IOException("it became shorter while it was read");
      }
      bytes.limit(bytes.capacity());
    }
    return bytes.array();
  }

  /** Appends the buffer's remaining bytes at the channel's position. */
  static void fill(FileChannel channel, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    int end = rest.limit();
    while (rest.position() < end) {
      rest.limit(Math.min(end, rest.position() + CHUNK));
      channel.write(rest);
    }
  }

  /**
   * Makes an open file hold the buffer's remaining bytes. What makes it longer is written first, so
   * that a full disk is met while the old bytes are all there still.
   */
  static void overwrite(FileChannel channel, ByteBuffer bytes) throws IOException {
    long oldSize = channel.size();
    if (bytes.remaining() > oldSize) {
      try {
        channel.position(oldSize);
        fill(
            channel,
            bytes.slice(bytes.position() + (int) oldSize, bytes.remaining() - (int) oldSize));
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(oldSize);
        throw e;
      }
    }
    channel.position(0);
    fill(channel, bytes);
    channel.truncate(bytes.remaining());
    channel.force(true);
  }
}
