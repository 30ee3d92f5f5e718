package io.github.serfhandler.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Makes sure that what is read or made is Unicode, and says where it is not. */
final class SourceText {
  private SourceText() {}

  /** The characters of UTF-8 bytes. */
  static String of(byte[] utf8, JsonLimits limits) {
    requireLength(utf8.length, limits);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw at(text, text.length(), "expected UTF-8, found other bytes");
    }
    return text;
  }

  /** The text, checked. */
  static String of(String text, JsonLimits limits) {
    requireLength(text.length(), limits);
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      throw at(text, lone, "expected Unicode, found half of a surrogate pair");
    }
    return text;
  }

  /** Passes a text through that UTF-8 can hold. */
  static String requireWellFormed(String text) {
    if (loneSurrogate(text) >= 0) {
      throw new IllegalArgumentException(
          "half of a surrogate pair is no Unicode text; it can not be sent or stored");
    }
    return text;
  }

  /** The exception for a problem at an index of the text. */
  static JsonException at(String text, int index, String problem) {
    int line = 1;
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    return new JsonException(line, text.codePointCount(lineStart, index) + 1, problem);
  }

  private static void requireLength(int length, JsonLimits limits) {
    if (length > limits.maxBytes()) {
      throw new JsonException(
          "expected at most " + limits.maxBytes() + " bytes of JSON, found " + length);
    }
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
