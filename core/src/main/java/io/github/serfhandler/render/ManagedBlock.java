package io.github.serfhandler.render;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: rendered bytes as one block of a file whose other bytes are someone else's, as in
 * {@code /etc/hosts}. The block stands between two marker lines, {@value #BEGIN} and {@value #END}.
 * Everything outside of it stays byte for byte, whatever it is: other line ends, NUL, bytes that
 * are no UTF-8, a last line without an end.
 */
public final class ManagedBlock {
  /** The whole line before the block. */
  public static final String BEGIN = "# BEGIN serf-handler";

  /** The whole line after the block. */
  public static final String END = "# END serf-handler";

  private static final byte[] BEGIN_LINE = ascii(BEGIN);
  private static final byte[] END_LINE = ascii(END);
  private static final byte[] NEWLINE = {'\n'};
  private static final byte[] NOTE =
      ascii("# written by serf-handler; changes between these two lines are lost\n");

  /** How many line numbers a message names at most. */
  private static final int MAX_NAMED = 5;

  private ManagedBlock() {}

  /** Where the markers are: the first byte of each, and the first byte after each. */
  private record Place(int begin, int inside, int end, int after) {}

  /**
   * The file with the block in it. Where the file has the two markers, what is between them is
   * replaced; else block and markers are appended, after a newline only where the last line lacks
   * one. With the same block again it gives the same bytes.
   *
   * @param existing the file's bytes; empty where there is none
   * @param block the block's lines; a newline is added where the last one lacks it
   * @throws RenderException where the file's markers are broken, or the block holds one itself; its
   *     message is one line with a remedy, and does not name the file
   */
  public static byte[] merge(byte[] existing, ByteBuffer block) {
    byte[] lines = new byte[block.remaining()];
    block.duplicate().get(lines);
    requireNoMarker(lines);
    byte[] lastEnd = endsLine(lines) ? new byte[0] : NEWLINE;
    Place place = find(existing);
    if (place != null) {
      return join(
          Arrays.copyOfRange(existing, 0, place.inside),
          NOTE,
          lines,
          lastEnd,
          Arrays.copyOfRange(existing, place.end, existing.length));
    }
    byte[] before = endsLine(existing) ? new byte[0] : NEWLINE;
    return join(existing, before, BEGIN_LINE, NEWLINE, NOTE, lines, lastEnd, END_LINE, NEWLINE);
  }

  /**
   * The file without block and markers; the same bytes where there are none.
   *
   * @throws RenderException where the file's markers are broken, as in {@link #merge}
   */
  public static byte[] remove(byte[] existing) {
    Place place = find(existing);
    if (place == null) {
      return existing.clone();
    }
    return join(
        Arrays.copyOfRange(existing, 0, place.begin),
        Arrays.copyOfRange(existing, place.after, existing.length));
  }

  private static @Nullable Place find(byte[] bytes) {
    List<Integer> begins = new ArrayList<>(1);
    List<Integer> ends = new ArrayList<>(1);
    int begin = 0;
    int inside = 0;
    int end = 0;
    int after = 0;
    int number = 1;
    for (int from = 0; from < bytes.length; number++) {
      int next = nextLine(bytes, from);
      if (isLine(bytes, from, next, BEGIN_LINE)) {
        begins.add(number);
        begin = from;
        inside = next;
      } else if (isLine(bytes, from, next, END_LINE)) {
        ends.add(number);
        end = from;
        after = next;
      }
      from = next;
    }
    if (begins.isEmpty() && ends.isEmpty()) {
      return null;
    }
    if (begins.size() != 1 || ends.size() != 1 || end < begin) {
      throw new RenderException(
          "the block's markers are broken: \""
              + BEGIN
              + "\" stands in "
              + named(begins)
              + ", \""
              + END
              + "\" in "
              + named(ends)
              + "; leave one of each, in this order, or delete all of them");
    }
    return new Place(begin, inside, end, after);
  }

  private static String named(List<Integer> lines) {
    if (lines.isEmpty()) {
      return "no line";
    }
    StringBuilder out = new StringBuilder(lines.size() == 1 ? "line " : "lines ");
    for (int i = 0; i < lines.size() && i < MAX_NAMED; i++) {
      out.append(i == 0 ? "" : ", ").append(lines.get(i));
    }
    return out.append(lines.size() > MAX_NAMED ? " and more" : "").toString();
  }

  private static void requireNoMarker(byte[] lines) {
    for (int from = 0; from < lines.length; ) {
      int next = nextLine(lines, from);
      if (isLine(lines, from, next, BEGIN_LINE) || isLine(lines, from, next, END_LINE)) {
        throw new RenderException(
            "what was rendered holds a line that marks the block in its file, \""
                + BEGIN
                + "\" or \""
                + END
                + "\"; take it out of the template");
      }
      from = next;
    }
  }

  /** Where the line after this one begins; the end of the bytes where there is none. */
  private static int nextLine(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, bytes.length);
  }

  /** Whether that line, with its end, is this text; an editor may have put a CR behind it. */
  private static boolean isLine(byte[] bytes, int from, int next, byte[] text) {
    int end = next;
    if (end > from && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > from && bytes[end - 1] == '\r') {
      end--;
    }
    return Arrays.equals(bytes, from, end, text, 0, text.length);
  }

  private static boolean endsLine(byte[] bytes) {
    return bytes.length == 0 || bytes[bytes.length - 1] == '\n';
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
