package io.github.serfhandler.resident;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.handler.Call;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.LocalNode;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.SerfHandlerProxy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lanes of all handlers of a program. Those of the node's roles are open: the tag {@code role}
 * may change at any time. Events come from one thread, passes of discovery from another, statuses
 * may be read by any.
 */
final class Lanes implements AutoCloseable {
  /** A script ends all that it started within three seconds. */
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(3500);

  private final SerfHandlerProxy proxy;
  private final LocalNode node;
  private final Counters counters;
  private final Logger log;
  private final Duration stopLimit;
  private final HandlerThreads threads = new HandlerThreads();
  private final Deadlines deadlines = new Deadlines();
  private final IdentityHashMap<Handler, Lane> lanes = new IdentityHashMap<>();
  private final List<Lane> inOrder = new ArrayList<>();

  /** Of the thread that passes. */
  private Map<String, Member> newest = Map.of();

  Lanes(
      SerfHandlerProxy proxy,
      ResidentSettings settings,
      LocalNode node,
      Counters counters,
      Logger log) {
    this.proxy = proxy;
    this.node = node;
    this.counters = counters;
    this.log = log;
    this.stopLimit = settings.stopLimit();
    Lane.Frame frame = new Lane.Frame(settings, threads, deadlines, node, log, counters::changed);
    for (Handler handler : proxy.handlers()) {
      Lane lane = new Lane(handler, frame);
      lanes.put(handler, lane);
      inOrder.add(lane);
    }
  }

  /**
   * Opens the lanes of the node's roles, closes the others, and shows the members to those open.
   */
  void passed(PassResult result) {
    Map<String, Member> members = new HashMap<>(result.members().size() * 2);
    for (Member member : result.members()) {
      members.put(member.name(), member);
    }
    // The same map as before tells a lane that there is nothing to compare.
    newest = members.equals(newest) ? newest : Collections.unmodifiableMap(members);
    Set<Lane> open = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Handler handler : proxy.handlersFor(node.self().roles())) {
      Lane lane = lane(handler);
      boolean ignored = open.add(lane);
      lane.show(newest);
    }
    for (Lane lane : inOrder) {
      if (!open.contains(lane)) {
        lane.close().forEach(Delivery::left);
      }
    }
  }

  /** Hands a user event or a query to the lanes of all handlers of this node. */
  void deliver(SerfEvent event, Answering answering) {
    List<Handler> handlers = proxy.handlersFor(node.self().roles());
    if (handlers.isEmpty()) {
      counters.add(counters.noHandler, 1);
      log.log(Level.INFO, Messages.of(event) + ": " + Messages.noHandler(node.self().roles()));
      return;
    }
    Delivery delivery = new Delivery(event, handlers.size(), new Ends(answering));
    for (Handler handler : handlers) {
      lane(handler).offer(delivery);
    }
  }

  /** Takes an answer to the asker; true where the agent took it. */
  @FunctionalInterface
  interface Answering {
    boolean send(QueryEvent query, Payload answer, String from);
  }

  private final class Ends implements Delivery.Ends {
    private final Answering answering;

    Ends(Answering answering) {
      this.answering = answering;
    }

    @Override
    public boolean answer(QueryEvent query, Payload answer, String from) {
      return answering.send(query, answer, from);
    }

    @Override
    public void notHandled(SerfEvent event) {
      counters.add(counters.notHandled, 1);
      log.log(Level.INFO, Messages.of(event) + ": " + Messages.NOT_HANDLED);
    }

    @Override
    public String nodeName() {
      return node.self().name();
    }
  }

  private Lane lane(Handler handler) {
    Lane lane = lanes.get(handler);
    if (lane == null) {
      throw new IllegalStateException(Call.nameOf(handler) + " was registered after the start");
    }
    return lane;
  }

  /** The handlers of this node, and those that still run though their role is gone. */
  List<LaneStatus> statuses() {
    List<LaneStatus> statuses = new ArrayList<>();
    for (Lane lane : inOrder) {
      Optional<LaneStatus> status = lane.status();
      status.ifPresent(statuses::add);
    }
    return statuses;
  }

  /**
   * Takes nothing more, gives the calls under way the time of the settings, then interrupts them.
   * What waits is lost; the log tells how much.
   */
  @Override
  public void close() {
    int lost = 0;
    for (Lane lane : inOrder) {
      lost += lane.stop();
    }
    if (lost > 0) {
      log.log(Level.WARNING, lost + " events that waited for a handler are lost by the stop");
    }
    try {
      if (!awaitIdle(stopLimit)) {
        inOrder.forEach(Lane::interrupt);
        if (!awaitIdle(AFTER_INTERRUPT)) {
          log.log(Level.WARNING, "stopping though a handler still runs");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
    deadlines.close();
  }

  private boolean awaitIdle(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (Lane lane : inOrder) {
      long left = Math.max(0, end - System.nanoTime());
      if (!lane.awaitIdle(Duration.ofNanos(left))) {
        return false;
      }
    }
    return true;
  }
}
