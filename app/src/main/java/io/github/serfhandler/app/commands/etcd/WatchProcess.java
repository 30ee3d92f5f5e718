package io.github.serfhandler.app.commands.etcd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stateless: which running {@code etcdctl} this process belongs to. Within one of them revisions
 * only grow, so that a smaller one after a larger one came late; from another one it may be that
 * etcd was rebuilt.
 */
final class WatchProcess {
  /** No such process is known. */
  static final String NONE = "-";

  private static final String NAME = "etcdctl";
  private static final int MOST_ANCESTORS = 16;

  /** Where the fields of a process stand in its {@code stat} after the name (proc(5)). */
  private static final int PARENT = 1;

  private static final int STARTED = 19;

  private WatchProcess() {}

  /** Its number and when it began, as {@code 4711@123456}; {@link #NONE} where there is none. */
  static String find() {
    return find(Path.of("/proc"));
  }

  /** The same, by a directory such as {@code /proc}. */
  static String find(Path processes) {
    String id = "self";
    for (int i = 0; i < MOST_ANCESTORS && !id.equals("0"); i++) {
      String stat;
      try {
        stat = Files.readString(processes.resolve(id).resolve("stat"), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        // A system without it, or a process that has just ended.
        return NONE;
      }
      int open = stat.indexOf('(');
      int close = stat.lastIndexOf(')');
      String[] fields =
          close < 0 ? new String[0] : stat.substring(close + 1).strip().split(" ", -1);
      if (open < 0 || close < open || fields.length <= STARTED) {
        return NONE;
      }
      if (stat.substring(open + 1, close).equals(NAME)) {
        return id + "@" + fields[STARTED];
      }
      id = fields[PARENT];
    }
    return NONE;
  }
}
