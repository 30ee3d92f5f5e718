package io.github.serfhandler.benchmarks.report;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Immutable: one figure of a run.
 *
 * @param group the benchmark that it belongs to
 * @param what what was measured
 * @param unit {@code ms}, {@code us}, {@code MiB}, {@code %}, {@code /s}, or {@code x} for a ratio
 * @param median the middle value; of a ratio, that of the medians
 * @param p95 the value that 95 of 100 stay below
 * @param max the greatest value
 * @param n how many values
 * @param limit what the median must stay below; not a number where nothing is asked
 */
public record Row(
    String group,
    String what,
    String unit,
    double median,
    double p95,
    double max,
    int n,
    double limit) {

  /** A figure of values, without a limit where that is {@link Double#NaN}. */
  public static Row of(String group, String what, String unit, Figures values, double limit) {
    return new Row(
        group,
        what,
        unit,
        values.median(),
        values.percentile(0.95),
        values.percentile(1),
        values.count(),
        limit);
  }

  /** {@code ok}, {@code MISSED}, or nothing where nothing is asked. */
  String verdict() {
    if (Double.isNaN(limit)) {
      return "";
    }
    return median < limit ? "ok" : "MISSED";
  }

  /** For people, to be read under each other. */
  String line() {
    String asked = Double.isNaN(limit) ? "" : "  under " + number(limit) + " " + verdict();
    return String.format(
        Locale.ROOT,
        "  %-66s %9s %-4s p95 %9s  max %9s  n %4d%s",
        what,
        number(median),
        unit,
        number(p95),
        number(max),
        n,
        asked);
  }

  /** A line of a table in Markdown. */
  String markdown() {
    String asked = Double.isNaN(limit) ? "" : number(limit) + " " + verdict();
    return String.join(
        " | ",
        "| " + what,
        number(median) + " " + unit,
        number(p95),
        number(max),
        n + "",
        asked + " |");
  }

  /** Three digits, and no exponent. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** For programs; {@link #of(JsonObject)} reads it. */
  public JsonObject json() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("group", group)
            .put("what", what)
            .put("unit", unit)
            .put("median", decimal(median))
            .put("p95", decimal(p95))
            .put("max", decimal(max))
            .put("n", n);
    if (!Double.isNaN(limit)) {
      json.put("limit", decimal(limit)).put("verdict", verdict());
    }
    return json.build();
  }

  private static JsonValue decimal(double value) {
    return JsonValue.parse(Double.toString(Math.round(value * 1000) / 1000.0));
  }

  /** What {@link #json()} gave. */
  public static Row of(JsonObject json) {
    return new Row(
        json.required("group").asText(),
        json.required("what").asText(),
        json.required("unit").asText(),
        Double.parseDouble(json.required("median").compact()),
        Double.parseDouble(json.required("p95").compact()),
        Double.parseDouble(json.required("max").compact()),
        (int) json.required("n").asLong(),
        json.member("limit").map(value -> Double.parseDouble(value.compact())).orElse(Double.NaN));
  }
}
