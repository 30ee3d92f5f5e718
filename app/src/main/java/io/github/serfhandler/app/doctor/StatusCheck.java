package io.github.serfhandler.app.doctor;

import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.StatusFile;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Stateless: reads what the resident agent says of itself, and whether it still lives. */
final class StatusCheck {
  private static final String SUBJECT = "resident agent";
  private static final int LONGEST = 1024 * 1024;

  private StatusCheck() {}

  /**
   * The finding.
   *
   * @param lives whether a process of that number lives
   */
  static List<Check> of(Path confDir, LongPredicate lives) {
    Path file = confDir.resolve(Discovery.OWN_FOLDER).resolve(StatusFile.NAME);
    Optional<byte[]> bytes;
    try {
      bytes = new FileStore(Clock.systemUTC(), notice -> {}).read(file, LONGEST);
    } catch (StoreException e) {
      return List.of(Check.warn(SUBJECT, String.valueOf(e.getMessage()), ""));
    }
    if (bytes.isEmpty()) {
      return List.of(Check.ok(SUBJECT, "none has run with this directory"));
    }
    Map<String, String> status = parse(new String(bytes.get(), StandardCharsets.UTF_8));
    String state = status.getOrDefault("state", "");
    String since = status.getOrDefault("since", "");
    if (state.equals("stopped")) {
      return List.of(Check.ok(SUBJECT, "stopped at " + since));
    }
    long pid = number(status.getOrDefault("pid", ""));
    if (pid < 0) {
      return List.of(Check.warn(SUBJECT, file + " cannot be read", "delete it; it is remade"));
    }
    String who = "process " + pid;
    if (!lives.test(pid)) {
      return List.of(
          Check.warn(
              SUBJECT,
              who + " ended without saying so; its last word was " + state + ", since " + since,
              "start it again, or delete " + file));
    }
    String failures = status.getOrDefault("failures", "[]");
    if (!failures.equals("[]")) {
      return List.of(Check.fail(SUBJECT, who + " cannot write: " + failures, ""));
    }
    if (!state.equals("following")) {
      String error = status.getOrDefault("lastError", "");
      return List.of(
          Check.warn(SUBJECT, who + " is " + state + " since " + since + ": " + error, ""));
    }
    return List.of(
        Check.ok(
            SUBJECT,
            who
                + " follows "
                + status.getOrDefault("agentAddr", "")
                + " since "
                + since
                + ", "
                + status.getOrDefault("instances", "")
                + " instances in its files"));
  }

  /** The members of the flat object as {@link StatusFile} lays them out, one a line. */
  private static Map<String, String> parse(String text) {
    Map<String, String> members = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      String member = line.strip();
      int colon = member.indexOf("\": ");
      if (!member.startsWith("\"") || colon < 0) {
        continue;
      }
      String value = member.substring(colon + 3);
      value = value.endsWith(",") ? value.substring(0, value.length() - 1) : value;
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      members.put(
          member.substring(1, colon), quoted ? value.substring(1, value.length() - 1) : value);
    }
    return members;
  }

  private static long number(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
