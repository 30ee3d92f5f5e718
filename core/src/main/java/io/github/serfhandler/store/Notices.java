package io.github.serfhandler.store;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Warnings that are told once for each path, not at each write. Thread-safe. */
final class Notices {
  private final Consumer<String> receiver;
  private final Set<Path> told = ConcurrentHashMap.newKeySet();

  Notices(Consumer<String> receiver) {
    this.receiver = receiver;
  }

  /** Tells it unless something was told of this path before. */
  void tellOnce(Path path, String what) {
    if (told.add(path)) {
      receiver.accept(path + ": " + what);
    }
  }
}
