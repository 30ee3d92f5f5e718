package io.github.serfhandler.app;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Stateless: how tests wait for what another process does. */
public final class Waiting {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private Waiting() {}

  /** Waits until the assertion holds; a file that is not there yet is waited for too. */
  public static void until(String what, ThrowingRunnable assertion) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(assertion);
  }
}
