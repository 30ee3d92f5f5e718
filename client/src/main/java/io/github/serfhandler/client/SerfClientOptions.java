package io.github.serfhandler.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Immutable: where the agent is and how to deal with it. Every option has a default. */
public final class SerfClientOptions {
  private final InetSocketAddress address;
  private final String authKey;
  private final Duration connectTimeout;
  private final Duration commandTimeout;
  private final DecodeLimits limits;
  private final Optional<Backoff> reconnect;
  private final int queueCapacity;
  private final DoubleSupplier random;

  private SerfClientOptions(Builder from) {
    address = from.address;
    authKey = from.authKey;
    connectTimeout = from.connectTimeout;
    commandTimeout = from.commandTimeout;
    limits = from.limits;
    reconnect = from.reconnect;
    queueCapacity = from.queueCapacity;
    random = from.random;
  }

  /** All defaults: the agent at 127.0.0.1:7373, no auth key. */
  public static SerfClientOptions defaults() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The agent's RPC address; a name in it is looked up at each connect. */
  public InetSocketAddress address() {
    return address;
  }

  /** A secret; {@code ""} for none. */
  public String authKey() {
    return authKey;
  }

  /** The time for connecting, the handshake and auth together. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** The time for a whole command, connecting included. */
  public Duration commandTimeout() {
    return commandTimeout;
  }

  public DecodeLimits limits() {
    return limits;
  }

  /** How streams reconnect; empty: a stream ends with its connection. */
  public Optional<Backoff> reconnect() {
    return reconnect;
  }

  /** How many records a stream holds for its consumer. */
  public int queueCapacity() {
    return queueCapacity;
  }

  /** Numbers of 0 (included) to 1 (excluded) for the jitter of reconnection. */
  public DoubleSupplier random() {
    return random;
  }

  /** Never the auth key. */
  @Override
  public String toString() {
    return "SerfClientOptions["
        + address
        + (authKey.isEmpty() ? ", no auth key" : ", with an auth key")
        + ", connectTimeout "
        + connectTimeout
        + ", commandTimeout "
        + commandTimeout
        + "]";
  }

  /** Confined to one thread. */
  public static final class Builder {
    private InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", 7373);
    private String authKey = "";
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration commandTimeout = Duration.ofSeconds(10);
    private DecodeLimits limits = DecodeLimits.DEFAULT;
    private Optional<Backoff> reconnect = Optional.of(Backoff.DEFAULT);
    private int queueCapacity = 4096;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder() {}

    /**
     * Default 127.0.0.1:7373. A name is looked up at each connect, whether resolved already or not.
     */
    @CanIgnoreReturnValue
    public Builder address(InetSocketAddress address) {
      this.address = address;
      return this;
    }

    /** As {@link #address(InetSocketAddress)}. */
    @CanIgnoreReturnValue
    public Builder address(String host, int port) {
      return address(InetSocketAddress.createUnresolved(host, port));
    }

    /** The agent's {@code rpc_auth}; default {@code ""}, none. */
    @CanIgnoreReturnValue
    public Builder authKey(String authKey) {
      this.authKey = authKey;
      return this;
    }

    /** For connecting, the handshake and auth together; default 3 s. */
    @CanIgnoreReturnValue
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = positive("connectTimeout", timeout);
      return this;
    }

    /**
     * For a whole command: waiting for other commands of the same kind, connecting, the reply to
     * its last byte; default 10 s. Commands during which the agent itself may wait get more: join
     * 15 s for each address, leave 20 s, key commands 30 s, tags and force-leave 10 s.
     */
    @CanIgnoreReturnValue
    public Builder commandTimeout(Duration timeout) {
      this.commandTimeout = positive("commandTimeout", timeout);
      return this;
    }

    /** Default {@link DecodeLimits#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder limits(DecodeLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Streams connect again when they lose the agent; default {@link Backoff#DEFAULT}. */
    @CanIgnoreReturnValue
    public Builder reconnect(Backoff backoff) {
      this.reconnect = Optional.of(backoff);
      return this;
    }

    /** Streams end with their connection. */
    @CanIgnoreReturnValue
    public Builder noReconnect() {
      this.reconnect = Optional.empty();
      return this;
    }

    /** Records that a stream holds for its consumer before the newest are dropped; default 4096. */
    @CanIgnoreReturnValue
    public Builder queueCapacity(int records) {
      if (records < 1) {
        throw new IllegalArgumentException("queueCapacity must be over 0 but is " + records);
      }
      this.queueCapacity = records;
      return this;
    }

    /** Where jitter comes from, for tests; thread-safe, of 0 (included) to 1 (excluded). */
    @CanIgnoreReturnValue
    public Builder random(DoubleSupplier random) {
      this.random = random;
      return this;
    }

    public SerfClientOptions build() {
      return new SerfClientOptions(this);
    }

    private static Duration positive(String name, Duration value) {
      if (value.isZero() || value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            name + " must be over 0 and at most a day but is " + value);
      }
      return value;
    }
  }
}
