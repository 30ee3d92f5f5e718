package io.github.serfhandler.oneshot;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: reads the members that Serf writes to a handler's standard input, each as {@code
 * NAME<TAB>ADDR<TAB>ROLE<TAB>K=V,K2=V2} ({@code memberEventStdin} in {@code invoke.go}, 0.9.4).
 *
 * <p>The form can not be read exactly. Serf writes a tab and a line end as {@code \t} and {@code
 * \n}, but a backslash as it is, so that the two characters {@code \t} in a name read as a tab; and
 * a comma or an equals sign in the value of a tag is not marked, so that here a part without {@code
 * =} belongs to the value before it, and one with it begins a tag. There is no port either. Who
 * needs the members exactly asks the agent.
 */
final class MemberLines {
  private static final int FIELDS = 4;
  private static final int MOST_NOTES = 10;

  private MemberLines() {}

  /**
   * The members; a line that is none costs itself alone.
   *
   * @param whole false where the input was cut off: what follows the last line end is left out then
   * @param notes receives a line for each of the first ten that can not be used, and a sum
   */
  static List<Member> read(byte[] input, boolean whole, MemberStatus status, List<String> notes) {
    String text = new String(input, StandardCharsets.UTF_8);
    List<Member> members = new ArrayList<>();
    int bad = 0;
    int from = 0;
    for (int number = 1; from < text.length(); number++) {
      int end = text.indexOf('\n', from);
      if (end < 0 && !whole) {
        break;
      }
      int stop = end < 0 ? text.length() : end;
      Member member = member(text.substring(from, stop), status);
      if (member != null) {
        members.add(member);
      } else if (++bad <= MOST_NOTES) {
        notes.add("line " + number + " of standard input is no member and is left out");
      }
      from = stop + 1;
    }
    if (bad > MOST_NOTES) {
      notes.add(bad + " lines of standard input are no members");
    }
    return members;
  }

  private static @Nullable Member member(String line, MemberStatus status) {
    String[] fields = new String[FIELDS];
    int from = 0;
    for (int i = 0; i < FIELDS; i++) {
      int tab = line.indexOf('\t', from);
      boolean last = i == FIELDS - 1;
      if (last != (tab < 0)) {
        return null;
      }
      fields[i] = line.substring(from, last ? line.length() : tab);
      from = tab + 1;
    }
    String name = plain(fields[0]);
    Map<String, String> tags = tags(fields[3]);
    if (name.isEmpty() || tags == null) {
      return null;
    }
    if (!fields[2].isEmpty()) {
      // This one is exact, whatever stands in the values before it.
      tags.put("role", plain(fields[2]));
    }
    return new Member(
        name, AddressText.parse(fields[1]), 0, tags, status, ProtocolVersions.UNKNOWN);
  }

  /** The tags; null where the text does not begin with one. */
  private static @Nullable Map<String, String> tags(String text) {
    Map<String, String> tags = new HashMap<>();
    String key = null;
    String value = "";
    int from = 0;
    while (from < text.length()) {
      int comma = text.indexOf(',', from);
      int stop = comma < 0 ? text.length() : comma;
      String part = text.substring(from, stop);
      int equals = part.indexOf('=');
      if (equals >= 0) {
        if (key != null) {
          tags.put(plain(key), plain(value));
        }
        key = part.substring(0, equals);
        value = part.substring(equals + 1);
      } else if (key == null) {
        return null;
      } else {
        value = value + "," + part;
      }
      from = stop + 1;
    }
    if (key != null) {
      boolean comma = text.endsWith(",");
      tags.put(plain(key), plain(comma ? value + "," : value));
    }
    return tags;
  }

  /** Takes back what {@code eventClean} did in {@code invoke.go}. */
  private static String plain(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (c == '\\' && (next == 't' || next == 'n')) {
        plain.append(next == 't' ? '\t' : '\n');
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
