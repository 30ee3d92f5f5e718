package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.KeyResponse;
import io.github.serfhandler.client.SerfClientOptions;
import java.time.Duration;
import java.util.Base64;

/**
 * Thread-safe: the commands for encryption keys. The agent carries them out as queries, so they
 * take their turn among the starts of queries.
 */
public final class KeyCommands {
  private final SerfClientOptions options;
  private final CommandLane lane;
  private final QueryStarts starts;

  public KeyCommands(SerfClientOptions options, CommandLane lane, QueryStarts starts) {
    this.options = options;
    this.lane = lane;
    this.starts = starts;
  }

  /** The keys of all nodes. */
  public KeyResponse list() {
    return run(Command.LIST_KEYS, Body.NONE);
  }

  /** A command about one key; checks the key without ever showing it. */
  public KeyResponse run(Command command, String key) {
    int bytes;
    try {
      bytes = Base64.getDecoder().decode(key).length;
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message would show a part of the key.
      throw new IllegalArgumentException("the key is not base64");
    }
    if (bytes != 16 && bytes != 24 && bytes != 32) {
      throw new IllegalArgumentException("a key has 16, 24 or 32 bytes, this one " + bytes);
    }
    return run(command, w -> w.map(1).string("Key").string(key));
  }

  private KeyResponse run(Command command, Body body) {
    Duration timeout = command.timeout(options.commandTimeout());
    return starts.alone(
        command,
        Texts.address(options.address()),
        Deadline.in(timeout),
        () -> lane.execute(Requests.keys(command, body, timeout)));
  }
}
