package io.github.serfhandler.rule;

import java.time.Duration;
import java.util.concurrent.Future;

/** Thread-safe: runs something when its time has come. */
interface Alarms {
  /** Runs it after so long, unless it is cancelled before; it is quick and does not throw. */
  Future<?> in(Duration time, Runnable action);
}
