package io.github.serfhandler.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stateless: runs each task on a thread of its own. The common pool has but one thread on two
 * cores, and tasks here wait for each other.
 */
public final class Async {
  private Async() {}

  public static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Async::start);
  }

  public static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, Async::start);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test");
    thread.setDaemon(true);
    thread.start();
  }
}
