package io.github.serfhandler.haproxy;

import io.github.serfhandler.output.LiveException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stateless: understands what a running HAProxy answers (management guide, 9.1 and 9.3). */
final class Answers {
  private static final int MAX_PORT = 65535;
  private static final int MAX_WEIGHT = 256;

  private Answers() {}

  /** The shape, as {@code show env} tells it; null where HAProxy has none. */
  static @Nullable String shape(String answer) {
    String prefix = Frame.VARIABLE + "=";
    return answer.startsWith(prefix) ? answer.substring(prefix.length()).strip() : null;
  }

  /**
   * The servers, as {@code show servers state} tells them: a version, column names, a line each.
   */
  static List<Running> servers(String answer) throws LiveException {
    String[] lines = answer.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals("1") || !lines[1].startsWith("# ")) {
      throw new LiveException(
          "HAProxy's state of servers is not of version 1 but begins with \""
              + Text.shown(answer)
              + "\"; check that the socket is HAProxy's, with level admin");
    }
    Map<String, Integer> columns = new HashMap<>();
    String[] names = lines[1].substring(2).split(" ", -1);
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i], i);
    }
    List<Running> servers = new ArrayList<>(lines.length);
    for (int i = 2; i < lines.length; i++) {
      if (!lines[i].isEmpty()) {
        servers.add(server(lines[i], columns));
      }
    }
    return servers;
  }

  private static Running server(String line, Map<String, Integer> columns) throws LiveException {
    String[] fields = line.split(" ", -1);
    return new Running(
        field("be_name", line, fields, columns),
        field("srv_name", line, fields, columns),
        addr(field("srv_addr", line, fields, columns)),
        number("srv_port", line, fields, columns, MAX_PORT),
        number("srv_admin_state", line, fields, columns, 0xffff),
        number("srv_uweight", line, fields, columns, MAX_WEIGHT),
        number("srv_check_state", line, fields, columns, 0xffff));
  }

  /**
   * As this program writes it; as it is where it is none, as of a server whose name is looked up.
   */
  private static String addr(String text) {
    String ipv6 = Literals.ipv6(text);
    return ipv6 == null ? text : ipv6;
  }

  private static String field(
      String name, String line, String[] fields, Map<String, Integer> columns)
      throws LiveException {
    Integer column = columns.get(name);
    if (column == null || column >= fields.length || fields[column].isEmpty()) {
      throw notUnderstood(name, line);
    }
    return fields[column];
  }

  private static int number(
      String name, String line, String[] fields, Map<String, Integer> columns, int most)
      throws LiveException {
    int number = Literals.number(field(name, line, fields, columns), most);
    if (number < 0) {
      throw notUnderstood(name, line);
    }
    return number;
  }

  private static LiveException notUnderstood(String name, String line) {
    return new LiveException(
        "HAProxy's state of a server has no "
            + name
            + " that is understood: \""
            + Text.shown(line)
            + "\"; reload HAProxy by hand, and report its version");
  }

  /**
   * The connections that servers have, by backend and server as commands name them, as {@code show
   * stat} tells them. Only the first five columns count, whose text is never quoted.
   */
  static Map<String, Integer> connections(String answer) throws LiveException {
    if (!answer.startsWith("# pxname,svname,qcur,qmax,scur,")) {
      throw new LiveException(
          "HAProxy's statistics begin with \""
              + Text.shown(answer)
              + "\"; check that the socket is HAProxy's, with level admin");
    }
    Map<String, Integer> connections = new HashMap<>();
    for (String line : answer.split("\n", -1)) {
      String[] fields = line.split(",", 6);
      if (fields.length == 6) {
        int queued = Literals.number(fields[2], Integer.MAX_VALUE);
        int current = Literals.number(fields[4], Integer.MAX_VALUE);
        if (queued >= 0 && current >= 0) {
          connections.put(fields[0] + "/" + fields[1], queued + current);
        }
      }
    }
    return connections;
  }
}
