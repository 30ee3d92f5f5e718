package io.github.serfhandler.script;

import io.github.serfhandler.catalog.Addresses;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.render.Utf8Buffer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: the members of an event as a script gets them, cut into runs such that what goes into
 * the environment fits there.
 */
final class MemberParts {
  /** Bytes of JSON in one variable; Linux takes 128 KiB ({@code MAX_ARG_STRLEN}). */
  static final int MAX_JSON = 64 * 1024;

  private MemberParts() {}

  /**
   * Immutable: one run of the script.
   *
   * @param lines the lines of its members
   * @param json its members as JSON; null where a single one is too long
   */
  record Part(Payload lines, @Nullable String json) {}

  /** At least one part, also for no members. */
  static List<Part> of(List<Member> members) {
    List<Part> parts = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    StringBuilder json = new StringBuilder();
    Utf8Buffer one = new Utf8Buffer();
    int size = 2; // Bytes of the JSON so far, with its brackets.
    for (int i = 0; i < members.size(); i++) {
      one.clear();
      appendJson(one, members.get(i));
      if (size > 2 && size + 1 + one.length() > MAX_JSON) {
        parts.add(part(lines, json, size));
        lines.setLength(0);
        json.setLength(0);
        size = 2;
      }
      appendLine(lines, members.get(i));
      size += one.length() + (json.length() == 0 ? 0 : 1);
      json.append(json.length() == 0 ? "" : ",");
      json.append(StandardCharsets.UTF_8.decode(one.bytes()));
    }
    if (parts.isEmpty() || size > 2) {
      parts.add(part(lines, json, size));
    }
    return parts;
  }

  private static Part part(StringBuilder lines, StringBuilder json, int size) {
    Payload stdin = Payload.ofText(lines.toString());
    return new Part(stdin, size > MAX_JSON ? null : "[" + json + "]");
  }

  /** As {@code memberEventStdin} in Serf's {@code invoke.go}, with the tags by name. */
  private static void appendLine(StringBuilder out, Member member) {
    StringBuilder tags = new StringBuilder();
    for (Map.Entry<String, String> tag : new TreeMap<>(member.tags()).entrySet()) {
      tags.append(tags.length() == 0 ? "" : ",");
      tags.append(tag.getKey()).append('=').append(tag.getValue());
    }
    InetAddress addr = member.addr();
    appendClean(out, member.name());
    // What Go prints for an address without bytes.
    out.append('\t').append(addr == null ? "<nil>" : Addresses.text(addr)).append('\t');
    appendClean(out, member.tag("role"));
    out.append('\t');
    appendClean(out, tags);
    out.append('\n');
  }

  /** {@code eventClean} in Serf's {@code invoke.go}. */
  private static void appendClean(StringBuilder out, CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        out.append("\\t");
      } else if (c == '\n') {
        out.append("\\n");
      } else {
        out.append(c);
      }
    }
  }

  private static void appendJson(Utf8Buffer out, Member member) {
    InetAddress addr = member.addr();
    out.ascii("{\"addr\":");
    if (addr == null) {
      out.ascii("null");
    } else {
      out.ascii('"').ascii(Addresses.text(addr)).ascii('"');
    }
    out.ascii(",\"name\":").quoted(member.name());
    out.ascii(",\"port\":").ascii(Integer.toString(member.port()));
    out.ascii(",\"status\":").quoted(member.status().word());
    out.ascii(",\"tags\":{");
    boolean first = true;
    for (Map.Entry<String, String> tag : new TreeMap<>(member.tags()).entrySet()) {
      out.ascii(first ? "" : ",").quoted(tag.getKey()).ascii(':').quoted(tag.getValue());
      first = false;
    }
    out.ascii("}}");
  }
}
