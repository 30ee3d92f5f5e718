package io.github.serfhandler.rule;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since a reaction was run last: of each key its last change, in the order of
 * those, the newest 1,000. Confined to one thread, or guarded by who has it.
 */
final class ChangeBatch {
  /** How many keys are told in one run. */
  static final int MOST = 1000;

  /** Bytes of JSON in one variable; Linux takes 128 KiB ({@code MAX_ARG_STRLEN}). */
  static final int MAX_VARIABLE = 64 * 1024;

  private final Map<String, Change> changes = new LinkedHashMap<>();
  private @Nullable Change last;
  private boolean more;

  void add(Change change) {
    String name = change.product() + "/" + change.key();
    changes.remove(name); // So that it comes last.
    changes.put(name, change);
    last = change;
    if (changes.size() > MOST) {
      Iterator<String> names = changes.keySet().iterator();
      names.next();
      names.remove();
      more = true;
    }
  }

  /** These, and after them those of a later one. */
  ChangeBatch and(ChangeBatch later) {
    ChangeBatch both = new ChangeBatch();
    for (Change change : changes.values()) {
      both.add(change);
    }
    for (Change change : later.changes.values()) {
      both.add(change);
    }
    both.more |= more || later.more;
    return both;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  int size() {
    return changes.size();
  }

  /** An array on one line, with a newline at its end. */
  byte[] json() {
    List<JsonValue> all = new ArrayList<>(changes.size());
    for (Change change : changes.values()) {
      all.add(change.json());
    }
    return (JsonArray.of(all).compact() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What a run gets in its environment; {@code json} is that of {@link #json}. */
  Map<String, String> variables(byte[] json) {
    Change change = last;
    if (change == null) {
      throw new IllegalStateException("nothing has changed");
    }
    Map<String, String> variables = new TreeMap<>();
    variables.put(Variables.PRODUCT, change.product());
    variables.put(Variables.KEY, change.key());
    variables.put(Variables.VERSION, Long.toString(change.version()));
    variables.put(Variables.FILE, change.file().toAbsolutePath().toString());
    variables.put(Variables.CHANGE, change.word());
    if (json.length <= MAX_VARIABLE) {
      variables.put(Variables.CHANGES, new String(json, StandardCharsets.UTF_8).stripTrailing());
    }
    if (more) {
      variables.put(Variables.MORE_CHANGES, "true");
    }
    return variables;
  }
}
