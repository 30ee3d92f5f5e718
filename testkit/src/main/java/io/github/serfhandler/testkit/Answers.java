package io.github.serfhandler.testkit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Thread-safe: the fake agent's answers, scripted ones first, else those of a healthy agent. */
final class Answers {

  private static final long DEFAULT_QUERY_NANOS = 3_200_000_000L;

  private final FakeAgent agent;
  private final Map<String, Answer> always = new ConcurrentHashMap<>();
  private final Map<String, Queue<Answer>> next = new ConcurrentHashMap<>();

  Answers(FakeAgent agent) {
    this.agent = agent;
  }

  void always(String command, Answer answer) {
    always.put(command, answer);
  }

  void next(String command, Answer answer) {
    next.computeIfAbsent(command, c -> new ConcurrentLinkedQueue<>()).add(answer);
  }

  void reset(String command) {
    always.remove(command);
    next.remove(command);
  }

  void answerScripted(Exchange x) throws IOException, InterruptedException {
    String command = x.request().command();
    Answer scripted = next.getOrDefault(command, new ArrayDeque<>()).poll();
    if (scripted == null) {
      scripted = always.get(command);
    }
    if (scripted == null) {
      answer(x);
      return;
    }
    scripted.to(x);
    // What a test answers itself, it answers as it likes; the commands after it shall still work.
    if (command.equals("handshake")) {
      x.connection().greet();
    } else if (command.equals("auth")) {
      x.connection().authenticate();
    }
  }

  void answer(Exchange x) throws IOException {
    FakeCluster cluster = agent.cluster();
    Request request = x.request();
    switch (request.command()) {
      case "handshake" -> handshake(x);
      case "auth" -> auth(x);
      case "event" -> {
        x.reply();
        agent.push(
            Wire.map(
                "Event",
                "user",
                "LTime",
                cluster.nextEventTime(),
                "Name",
                request.field("Name"),
                "Payload",
                request.field("Payload"),
                "Coalesce",
                request.field("Coalesce")));
      }
      case "force-leave" -> {
        cluster.forceLeave(request.field("Node"), Boolean.TRUE.equals(request.field("Prune")));
        x.reply();
      }
      case "join" -> x.reply(Wire.map("Num", list(request.field("Existing")).size()));
      case "members" -> x.reply(Wire.map("Members", cluster.members()));
      case "members-filtered" -> membersFiltered(x);
      case "tags" -> {
        if (cluster.tags(map(request.field("Tags")), list(request.field("DeleteTags")))) {
          x.reply();
        } else {
          x.error("Encoded length of tags exceeds limit of 512 bytes");
        }
      }
      case "stream", "monitor" -> stream(x);
      case "stop" -> {
        agent.closeStream(x.connection(), number(request.field("Stop")));
        x.reply();
      }
      case "leave" -> {
        x.reply();
        agent.stop();
      }
      case "query" -> query(x);
      case "respond" -> {
        if (x.connection().takeResponse(number(request.field("ID")))) {
          x.reply();
        } else {
          x.error("No pending queries matching ID");
        }
      }
      case "install-key", "use-key", "remove-key" -> x.reply(keys(null));
      case "list-keys" ->
          x.reply(
              keys(
                  Wire.map(
                      "ZmFrZWZha2VmYWtlZmFrZWZha2VmYWtlZmFrZWZhazA=", cluster.members().size())));
      case "stats" -> x.reply(cluster.stats());
      case "get-coordinate" -> coordinate(x, cluster.knows(request.field("Node")));
      default -> {
        x.error("Unsupported command");
        x.close();
      }
    }
  }

  private static void handshake(Exchange x) throws IOException {
    if (number(x.request().field("Version")) != 1) {
      x.error("Unsupported IPC version");
    } else if (x.connection().isGreeted()) {
      x.error("Handshake already performed");
    } else {
      x.connection().greet();
      x.reply();
    }
  }

  private void auth(Exchange x) throws IOException {
    if (agent.isKey(Objects.toString(x.request().field("AuthKey"), ""))) {
      x.connection().authenticate();
      x.reply();
    } else {
      x.error("Invalid authentication token");
    }
  }

  private void membersFiltered(Exchange x) throws IOException {
    Request request = x.request();
    try {
      x.reply(
          Wire.map(
              "Members",
              agent
                  .cluster()
                  .filtered(
                      map(request.field("Tags")),
                      Objects.toString(request.field("Status"), ""),
                      Objects.toString(request.field("Name"), ""))));
    } catch (PatternSyntaxException e) {
      agent.note("Failed to compile regex: " + e.getMessage());
      x.close();
    }
  }

  private void stream(Exchange x) throws IOException {
    boolean monitor = x.request().command().equals("monitor");
    String type = Objects.toString(x.request().field(monitor ? "LogLevel" : "Type"), "");
    if (monitor && !type.matches("(?i)TRACE|DEBUG|INFO|WARN|ERR")) {
      x.error("Unknown log level: " + type.toUpperCase(Locale.ROOT));
    } else if (monitor && agent.hasMonitor(x.connection())) {
      x.error("Monitor already exists");
    } else if (!monitor && !EventFilter.valid(type)) {
      x.error("Invalid event filter");
    } else if (!monitor && agent.hasStream(x.connection(), x.request().seq())) {
      x.error("Stream with given sequence exists");
    } else {
      // Who sees the reply may rely on the stream, and no record may come before the reply.
      x.connection()
          .writeAfter(
              () -> agent.openStream(x.stream(type)), x.encode(Wire.header(x.request().seq(), "")));
    }
  }

  /** Acks if asked for, no answers, {@code done} after the timeout as from a real agent. */
  private void query(Exchange x) throws IOException {
    x.reply();
    if (Boolean.TRUE.equals(x.request().field("RequestAck"))) {
      for (String name : agent.cluster().aliveNames()) {
        x.reply(Records.ack(name));
      }
    }
    long timeout = number(x.request().field("Timeout"));
    agent.later(timeout == 0 ? DEFAULT_QUERY_NANOS : timeout, () -> x.reply(Records.done()));
  }

  private static void coordinate(Exchange x, boolean known) throws IOException {
    x.reply(
        Wire.map(
            "Coord",
            Wire.map(
                "Adjustment",
                0.0,
                "Error",
                known ? 1.5 : 0.0,
                "Height",
                known ? 1e-5 : 0.0,
                "Vec",
                known ? List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0) : null),
            "Ok",
            known));
  }

  private Map<String, @Nullable Object> keys(@Nullable Object keys) {
    int nodes = agent.cluster().members().size();
    return Wire.map(
        "Messages", Wire.map(), "Keys", keys, "NumNodes", nodes, "NumErr", 0, "NumResp", nodes);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
