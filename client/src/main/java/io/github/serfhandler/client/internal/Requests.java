package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.KeyResponse;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.SerfCommandException.Reason;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfJoinException;
import io.github.serfhandler.client.SerfKeyException;
import io.github.serfhandler.client.TagChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Stateless: the requests that have a body, as the structs in {@code ipc.go} want them. */
public final class Requests {
  private Requests() {}

  public static Body event(String name, Payload payload, boolean coalesce) {
    return w ->
        w.map(3)
            .string("Name")
            .string(name)
            .string("Payload")
            .binary(payload.bytes())
            .string("Coalesce")
            .bool(coalesce);
  }

  public static Body forceLeave(String node, boolean prune) {
    return w -> w.map(2).string("Node").string(node).string("Prune").bool(prune);
  }

  /**
   * The expressions must be grouped already: the agent only puts {@code ^} and {@code $} around.
   */
  public static Body members(Map<String, String> tags, Set<MemberStatus> statuses, String name) {
    return w -> {
      w.map(3).string("Tags");
      strings(w, tags);
      w.string("Status").string(oneOf(statuses)).string("Name").string(name);
    };
  }

  private static String oneOf(Set<MemberStatus> statuses) {
    Set<String> words = new TreeSet<>();
    statuses.forEach(status -> words.add(status.word()));
    return words.isEmpty() ? "" : "(?:" + String.join("|", words) + ")";
  }

  public static Body tags(TagChange change) {
    return w -> {
      w.map(2).string("Tags");
      strings(w, change.set());
      w.string("DeleteTags").array(change.delete().size());
      change.delete().forEach(w::string);
    };
  }

  private static void strings(
      io.github.serfhandler.client.internal.msgpack.MsgpackWriter w, Map<String, String> map) {
    w.map(map.size());
    map.forEach((key, value) -> w.string(key).string(value));
  }

  public static Body node(String node) {
    return w -> w.map(1).string("Node").string(node);
  }

  /** Join, with the error that has a body. */
  public static Request<Integer> join(List<String> addresses, boolean replay, Duration timeout) {
    Body body =
        w -> {
          w.map(2).string("Existing").array(addresses.size());
          addresses.forEach(w::string);
          w.string("Replay").bool(replay);
        };
    return new Request<>(Command.JOIN, body, timeout, ReplyDecoders::joined, Requests::joinFailed);
  }

  private static SerfException joinFailed(String target, String error, int joined) {
    List<String> lines = new ArrayList<>();
    for (String line : error.split("[\r\n]+", -1)) {
      String part = line.strip();
      if (part.startsWith("* ")) {
        lines.add(Texts.escaped(part.substring(2)));
      }
    }
    if (lines.isEmpty()) {
      lines.add(Texts.folded(error));
    }
    return new SerfJoinException(
        AgentErrors.message(Command.JOIN, target, error),
        AgentErrors.reason(error),
        Texts.folded(error),
        joined,
        lines);
  }

  /** A key command, with the error that has a body. */
  public static Request<KeyResponse> keys(Command command, Body body, Duration timeout) {
    return new Request<>(
        command,
        body,
        timeout,
        ReplyDecoders::keys,
        (target, error, response) -> keyFailed(command, target, error, response));
  }

  private static SerfException keyFailed(
      Command command, String target, String error, KeyResponse response) {
    Reason reason = AgentErrors.reason(error);
    String nodes = "";
    for (Map.Entry<String, String> entry :
        new java.util.TreeMap<>(response.messages()).entrySet()) {
      nodes += "; " + Texts.escaped(entry.getKey()) + ": " + Texts.folded(entry.getValue());
    }
    return new SerfKeyException(
        AgentErrors.message(command, target, error) + nodes, reason, Texts.folded(error), response);
  }
}
