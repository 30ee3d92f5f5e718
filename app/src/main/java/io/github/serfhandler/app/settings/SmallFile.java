package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Stateless: reads a whole text file of bounded size, or says in one line why it cannot. */
public final class SmallFile {
  private SmallFile() {}

  /**
   * The text of the file, without a byte order mark. What is no regular file (a pipe) is read as
   * well.
   *
   * @throws IOException when it cannot be read, is longer, or is not UTF-8; the message names the
   *     file and the remedy
   */
  public static String read(Path path, int maxBytes) throws IOException {
    String name = Printable.of(path.toString());
    byte[] bytes;
    try {
      if (Files.isDirectory(path)) {
        throw new IOException(name + ": is a directory; name a file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(maxBytes + 1);
      }
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": no such file; check the path", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied; make it readable for this user", e);
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException(name + ": cannot be read: " + reason(e.getReason()), e);
    }
    if (bytes.length > maxBytes) {
      throw new IOException(
          name + ": is longer than " + maxBytes + " bytes; is it the right file?");
    }
    return decode(name, bytes);
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "unknown reason" : Printable.of(reason);
  }

  private static String decode(String name, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new IOException(name + ":" + line + ": is not UTF-8; save the file as UTF-8");
    }
    String text = out.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
