package io.github.serfhandler.haproxy;

import io.github.serfhandler.render.RenderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The user's own part of HAProxy's file, read when it is first asked for. Thread-safe. */
final class HeadFile {
  /** Its largest size in bytes. */
  static final int MOST = 256 * 1024;

  private final Path file;
  private volatile @Nullable String text;

  HeadFile(Path file) {
    this.file = file;
  }

  /**
   * Its text, ending with a newline; always the one that was read first, since a running HAProxy is
   * compared with it.
   *
   * @throws RenderException where there is none that can be used; asked again, it is read again
   */
  String text() {
    String known = text;
    if (known == null) {
      known = read(file);
      text = known;
    }
    return known;
  }

  private static String read(Path file) {
    if (!Files.isRegularFile(file)) { // A pipe would be waited for.
      throw new RenderException(
          "cannot render HAProxy's file: its head "
              + file
              + " is no file; write the path of one with global and defaults");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST + 1);
    } catch (IOException e) {
      throw new RenderException(
          "cannot render HAProxy's file: its head "
              + file
              + " can not be read; check that this user may: "
              + e,
          e);
    }
    if (bytes.length > MOST) {
      throw new RenderException(
          "cannot render HAProxy's file: its head "
              + file
              + " is larger than 256 KiB; make it shorter");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RenderException(
          "cannot render HAProxy's file: its head " + file + " is not UTF-8; convert it", e);
    }
    if (text.indexOf('\0') >= 0) {
      throw new RenderException(
          "cannot render HAProxy's file: its head "
              + file
              + " holds a zero byte; remove it, as HAProxy would end there");
    }
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }
}
