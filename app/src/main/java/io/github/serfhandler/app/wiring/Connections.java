package io.github.serfhandler.app.wiring;

import io.github.serfhandler.app.settings.Secret;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.client.SerfClientOptions;
import java.time.Duration;
import java.util.Optional;

/** Stateless: how the settings reach the client. */
public final class Connections {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

  private Connections() {}

  /** The agent that the settings name. */
  public static SerfClientOptions options(Settings settings) {
    Duration timeout = settings.rpcTimeout();
    Optional<Secret> key = settings.rpcAuth();
    return SerfClientOptions.builder()
        .address(settings.rpcAddr())
        .authKey(key.isPresent() ? key.get().reveal() : "")
        .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
        .commandTimeout(timeout)
        .build();
  }
}
