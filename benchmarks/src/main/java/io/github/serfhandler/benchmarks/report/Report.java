package io.github.serfhandler.benchmarks.report;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a run of the benchmarks has found so far; prints it as it comes. Confined to one thread. */
public final class Report {
  private final Consumer<String> printer;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();
  private final List<JsonValue> notes = new ArrayList<>();
  private String group = "";

  /**
   * A report without figures yet.
   *
   * @param quick whether the run is a short one, whose figures are rough
   * @param printer receives each line as it comes
   */
  public Report(boolean quick, Consumer<String> printer) {
    this.quick = quick;
    this.printer = printer;
  }

  /** How much is done: the first in a short run, the second in a full one. */
  public int rounds(int inQuick, int inFull) {
    return quick ? inQuick : inFull;
  }

  /** Whether the run is a short one. */
  public boolean isQuick() {
    return quick;
  }

  /** What follows belongs to this benchmark. */
  public void begin(String name) {
    group = name;
    printer.accept(name);
  }

  /** A figure of which nothing is asked. */
  public void add(String what, String unit, Figures values) {
    add(what, unit, values, Double.NaN);
  }

  /** A figure whose median must stay below a limit. */
  public void add(String what, String unit, Figures values, double limit) {
    add(Row.of(group, what, unit, values, limit));
  }

  /** The ratio of two medians of one run, which must stay below a limit unless that is NaN. */
  public void ratio(String what, Figures ours, Figures theirs, double limit) {
    double ratio = ours.median() / theirs.median();
    add(new Row(group, what, "x", ratio, Double.NaN, Double.NaN, ours.count(), limit));
  }

  /** A figure. */
  public void add(Row row) {
    rows.add(row);
    printer.accept(row.line());
  }

  /** A figure of a child process, as {@link Row#json} wrote it. */
  public void addChild(String json) {
    Row row = Row.of(JsonValue.parse(json).asObject());
    add(
        new Row(
            group,
            row.what(),
            row.unit(),
            row.median(),
            row.p95(),
            row.max(),
            row.n(),
            row.limit()));
  }

  /** What is no figure: how something came about, or why it was not measured. */
  public void note(String text) {
    notes.add(JsonValue.of(group + ": " + text));
    printer.accept("  " + text);
  }

  /** All of it, for programs. */
  public JsonObject json(JsonObject machine) {
    return JsonObject.builder()
        .put("machine", machine)
        .put("form", quick ? "quick" : "full")
        .put("figures", JsonArray.of(rows.stream().<JsonValue>map(Row::json).toList()))
        .put("notes", JsonArray.of(notes))
        .build();
  }

  /** All of it as Markdown. */
  public String markdown(JsonObject machine) {
    StringBuilder page = new StringBuilder();
    Function<String, String> of = name -> machine.required(name).asText();
    page.append("The newest run (")
        .append(quick ? "quick" : "full")
        .append("): ")
        .append(String.join(", ", machine.members().keySet().stream().map(of).toList()))
        .append(".\n");
    String last = "";
    for (Row row : rows) {
      if (!row.group().equals(last)) {
        last = row.group();
        page.append("\n### ").append(last).append("\n\n");
        page.append(
            "| figure | median | p95 | max | n | must be under |\n|---|---|---|---|---|---|\n");
      }
      page.append(row.markdown()).append('\n');
    }
    if (!notes.isEmpty()) {
      page.append("\n### Notes\n\n");
      notes.forEach(note -> page.append("- ").append(note.asText()).append('\n'));
    }
    return page.toString();
  }

  /** Of how many figures more was asked than came. */
  public long missed() {
    return rows.stream().filter(row -> row.verdict().equals("MISSED")).count();
  }
}
