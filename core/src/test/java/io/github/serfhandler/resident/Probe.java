package io.github.serfhandler.resident;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.SerfHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A handler that notes what it is called with, and does what its events ask for. Thread-safe for
 * the test that looks at it.
 */
final class Probe extends SerfHandler {
  private static final long PATIENCE_SECONDS = 30;

  private final String name;
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final AtomicInteger inside = new AtomicInteger();

  /** What {@code hold} and {@code stuck} wait for. */
  final CountDownLatch release = new CountDownLatch(1);

  /** Those who are in {@code hold} or {@code stuck}. */
  final Semaphore held = new Semaphore(0);

  volatile long nanosOfLast;

  /** How long each call that begins from now on may take; empty for what the lanes say. */
  volatile Optional<Duration> timeout = Optional.empty();

  Probe(String name) {
    this.name = name;
    onEvent("note", event -> note("note " + event.payload().text()));
    onEvent(
        "hold",
        event -> {
          held.release();
          release.await();
          note("held " + event.payload().text());
        });
    onEvent(
        "stuck",
        event -> {
          held.release();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              note("interrupted");
            }
          }
          note("free");
        });
    onEvent(
        "throw",
        event -> {
          throw new IllegalStateException("a bug");
        });
    onEvent(
        "fail",
        event -> {
          throw new HandlerException("no such host");
        });
    onEvent(
        "error",
        event -> {
          throw new OutOfMemoryError("as if");
        });
    onQuery("echo", query -> query.payload());
    onQuery(
        "hold",
        query -> {
          held.release();
          release.await();
          return query.payload();
        });
    onQuery("name", query -> Payload.ofText(name));
    onQuery("none", query -> null);
    onQuery(
        "throw",
        query -> {
          throw new IllegalStateException("a bug");
        });
  }

  private void note(String text) {
    if (inside.incrementAndGet() != 1) {
      notes.add("two at once");
    }
    nanosOfLast = System.nanoTime();
    notes.add(text);
    inside.decrementAndGet();
  }

  private void note(MemberEvent event) {
    List<String> names = event.members().stream().map(Member::name).toList();
    note(event.type().word().substring("member-".length()) + " " + String.join(",", names));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Duration> timeout() {
    return timeout;
  }

  @Override
  public void memberJoin(MemberEvent event) {
    note(event);
  }

  @Override
  public void memberLeave(MemberEvent event) {
    note(event);
  }

  @Override
  public void memberFailed(MemberEvent event) {
    note(event);
  }

  @Override
  public void memberUpdate(MemberEvent event) {
    note(event);
  }

  @Override
  public void memberReap(MemberEvent event) {
    note(event);
  }

  /** The next note; waits for it. */
  String next() throws InterruptedException {
    String note = notes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return note == null ? "nothing came to " + name : note;
  }

  /** Notes that nobody has taken. */
  List<String> rest() {
    return List.copyOf(notes);
  }

  /** Waits until a call is in {@code hold} or {@code stuck}. */
  void awaitHeld() throws InterruptedException {
    if (!held.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " is not held");
    }
  }
}
