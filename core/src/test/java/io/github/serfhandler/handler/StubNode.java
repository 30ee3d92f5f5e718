package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A node whose passes a test sets; confined to the test, but for the log. */
public final class StubNode implements LocalNode {
  private static final Path FOLDER = Path.of("conf");

  private final Self self;
  private final Path folder;

  /** What was logged. */
  public final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  int passes;
  private PassResult next = pass(View.EMPTY, List.of(), List.of());
  private Optional<RuntimeException> fault = Optional.empty();

  /** A node with these roles, {@code :} between them. */
  public StubNode(String roles) {
    this(roles, FOLDER);
  }

  /** Such a node whose files are in a folder. */
  StubNode(String roles, Path folder) {
    this.folder = folder;
    this.self = Self.of("node1", Map.of("role", roles));
  }

  /** What the next passes find. */
  void passes(PassResult result) {
    next = result;
    fault = Optional.empty();
  }

  /** The next passes fail. */
  void fails(RuntimeException e) {
    fault = Optional.of(e);
  }

  /** A pass that found {@code view} and wrote these files. */
  static PassResult pass(View view, List<String> updated, List<StoreException> failures) {
    List<Path> files = updated.stream().map(FOLDER::resolve).toList();
    return new PassResult(
        "node1",
        List.of(),
        Snapshot.of(view),
        List.of(),
        List.of(),
        0,
        files,
        failures.stream().map(failure -> String.valueOf(failure.getMessage())).toList(),
        Optional.empty());
  }

  /** A view of one service. */
  static View view(Instance... instances) {
    return new View(
        new TreeMap<>(Map.of("p", new TreeMap<>(Map.of("web", List.of(instances))))), List.of());
  }

  @Override
  public Self self() {
    return self;
  }

  @Override
  public List<Member> members() {
    return List.of();
  }

  @Override
  public PassResult refreshFiles() {
    passes++;
    if (fault.isPresent()) {
      throw fault.get();
    }
    return next;
  }

  @Override
  public Path confDir() {
    return folder;
  }

  @Override
  public Subscription subscription() {
    return Subscription.NONE;
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    logged.add(level + " " + text);
  }
}
