package io.github.serfhandler.script;

import io.github.serfhandler.catalog.Subscription;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Self;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node without an agent, which keeps what is logged. Thread-safe. */
final class RecordingNode implements LocalNode {
  private final Self self;
  private final List<String> log = new CopyOnWriteArrayList<>();

  RecordingNode(Self self) {
    this.self = self;
  }

  static RecordingNode withTags(Map<String, String> tags) {
    return new RecordingNode(Self.of("n1", tags));
  }

  /** Lines as {@code INFO text}. */
  List<String> log() {
    return log;
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
    throw new UnsupportedOperationException("no script asks for it");
  }

  @Override
  public Path confDir() {
    return Path.of("conf");
  }

  @Override
  public Subscription subscription() {
    return new Subscription(new TreeSet<>(), new TreeSet<>());
  }

  @Override
  public void log(System.Logger.Level level, String text) {
    log.add(level + " " + text);
  }
}
