package io.github.serfhandler.app.doctor;

import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.output.OutputsFile;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.OwnFile;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Stateless: reads what the process that keeps the files says of those that are checked or
 * reloaded.
 */
final class KeptFilesCheck {
  private static final String SUBJECT = "kept files";
  private static final int LONGEST = 1024 * 1024;

  private KeptFilesCheck() {}

  /**
   * The findings; none where no process has kept such files.
   *
   * @param lives whether a process of that number lives
   */
  static List<Check> of(Path confDir, LongPredicate lives) {
    Path file = confDir.resolve(OwnFile.FOLDER).resolve(OutputsFile.NAME);
    List<Check> checks = new ArrayList<>();
    try {
      Optional<byte[]> bytes = new FileStore(Clock.systemUTC(), notice -> {}).read(file, LONGEST);
      if (bytes.isPresent()) {
        read(JsonValue.parse(bytes.get()), lives, checks);
      }
    } catch (StoreException e) {
      return List.of(Check.warn(SUBJECT, String.valueOf(e.getMessage()), ""));
    } catch (JsonException e) {
      return List.of(
          Check.warn(SUBJECT, file + " can not be read: " + e.getMessage(), "delete it"));
    }
    return checks;
  }

  private static void read(JsonValue root, LongPredicate lives, List<Check> checks) {
    long pid = root.required("pid").asLong();
    boolean alive = lives.test(pid);
    int files = 0;
    for (JsonValue group : root.required("groups").asArray()) {
      List<String> names = new ArrayList<>();
      for (JsonValue status : group.required("files").asArray()) {
        files++;
        names.add(status.required("path").asText());
        String reason = status.required("reason").asText();
        if (alive && !reason.isEmpty()) {
          checks.add(Check.fail(SUBJECT, reason, ""));
        }
      }
      String problem = group.required("problem").asText();
      if (group.required("reloadOwed").asBoolean()) {
        checks.add(
            Check.warn(
                SUBJECT,
                "a reload is owed for "
                    + String.join(", ", names)
                    + (problem.isEmpty() ? "" : ": " + problem),
                alive
                    ? "process " + pid + " tries again by itself"
                    : "start serf-handler agent again, or run: serf-handler members"));
      } else if (alive && !problem.isEmpty()) {
        checks.add(Check.warn(SUBJECT, problem, ""));
      }
    }
    if (checks.isEmpty()) {
      checks.add(
          Check.ok(
              SUBJECT,
              alive
                  ? "process " + pid + " keeps " + files + ", and nothing is left to do"
                  : "process " + pid + " has ended, and nothing is left to do"));
    }
  }
}
