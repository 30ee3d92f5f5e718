package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.catalog.NaturalOrder;
import io.github.serfhandler.client.QueryRequest;
import io.github.serfhandler.client.QueryResult;
import io.github.serfhandler.client.QueryStream;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.publish.Publisher;
import io.github.serfhandler.replica.StatusAnswer;
import io.github.serfhandler.replica.StatusQuestion;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits until nodes say that they have an update, and gathers what they say. Confined to one
 * thread.
 */
final class Waiting {
  /** How long an update may take to all nodes where it is fetched. */
  static final Duration USUAL = Duration.ofSeconds(30);

  private static final Duration ONE_QUESTION = Duration.ofSeconds(2);
  private static final long LOOK_AGAIN_MILLIS = 500;
  private static final String NO_ANSWER = "no answer in time";

  private final SerfClient client;
  private final Fleet fleet;
  private final ConfigUpdate update;
  private final SortedSet<String> missing = new TreeSet<>(NaturalOrder.INSTANCE);
  private final SortedMap<String, NodeResult> results = new TreeMap<>(NaturalOrder.INSTANCE);
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final int expected;

  /**
   * Waits for these nodes.
   *
   * @param nanoTime a clock that never goes back, as {@code System::nanoTime}
   */
  Waiting(
      SerfClient client,
      Fleet fleet,
      ConfigUpdate update,
      SortedSet<String> expected,
      Progress progress,
      LongSupplier nanoTime) {
    this.client = client;
    this.fleet = fleet;
    this.update = update;
    this.missing.addAll(expected);
    this.expected = expected.size();
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /** Sends the update as a query that asks to take it, and waits for the answers. */
  Collection<NodeResult> askToTake(Asked asked) {
    QueryRequest.Builder request =
        QueryRequest.builder(Publisher.nameOf(update))
            .timeout(asked.timeout().orElse(Duration.ZERO))
            .expect(missing);
    asked.narrow(request);
    try (QueryStream answers = client.query(Publisher.query(update, request))) {
      progress.show(0, expected);
      QueryResult result = answers.next();
      while (!(result instanceof QueryResult.Done)) {
        if (result instanceof QueryResult.Answer answer) {
          take(NodeResult.of(answer.from(), answer.payload()));
        }
        result = answers.next();
      }
    } finally {
      progress.end();
    }
    return withSilent(NO_ANSWER);
  }

  /** Asks the nodes for the status of the key until they have the update. */
  Collection<NodeResult> until(Optional<Duration> timeout) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + timeout.orElse(USUAL).toNanos();
    StatusQuestion question = StatusQuestion.of(update.product(), update.key());
    SortedMap<String, String> last = new TreeMap<>(NaturalOrder.INSTANCE);
    long left = deadline - nanoTime.getAsLong();
    while (!missing.isEmpty() && left > 0) {
      Duration time = Duration.ofNanos(Math.min(left, ONE_QUESTION.toNanos()));
      Answers answers = fleet.ask(question, missing, time, progress);
      for (Map.Entry<String, StatusAnswer> told : answers.told().entrySet()) {
        judge(told.getKey(), told.getValue(), last);
      }
      last.putAll(answers.unclear());
      left = deadline - nanoTime.getAsLong();
      if (!missing.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.sleep(
            Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS)));
        left = deadline - nanoTime.getAsLong();
      }
    }
    for (String node : missing) {
      results.put(node, NodeResult.silent(node, last.getOrDefault(node, NO_ANSWER)));
    }
    missing.clear();
    return results.values();
  }

  private void judge(String node, StatusAnswer answer, Map<String, String> last) {
    Optional<StatusAnswer.KeyStatus> key = answer.key();
    if (key.isEmpty()) {
      last.put(node, "it does not have the key yet");
      return;
    }
    ShortRevision wanted = ShortRevision.of(update.revision());
    if (ShortRevision.of(key.get()).compareTo(wanted) >= 0) {
      take(NodeResult.applied(node));
    } else if (key.get().refused().orElse(-1L) == update.version()) {
      take(NodeResult.refused(node, "its log tells why"));
    } else {
      last.put(node, "it is at version " + key.get().version());
    }
  }

  private void take(NodeResult result) {
    missing.remove(result.node());
    results.put(result.node(), result);
    progress.show(expected - missing.size(), expected);
  }

  private Collection<NodeResult> withSilent(String reason) {
    for (String node : missing) {
      results.put(node, NodeResult.silent(node, reason));
    }
    missing.clear();
    return results.values();
  }
}
