package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Immutable: what HAProxy's file holds beside the servers. Made by a {@link Builder}. */
public final class HaproxySettings {
  /** Spare servers of each backend where a socket is set. */
  public static final int DEFAULT_SLOTS = 8;

  /** The most spare servers of a backend. */
  public static final int MAX_SLOTS = 1000;

  /** What HAProxy talks to the servers: it decides how connections are shared out. */
  public enum Mode {
    /** A connection goes to one server. */
    TCP,
    /** Each request may go to another server. */
    HTTP;

    /** As the file says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  // Linux has 107 bytes for such a path, and HAProxy binds it with ".PID.tmp" appended first.
  private static final int LONGEST_SOCKET = 90;
  private static final Duration LONGEST_DRAIN = Duration.ofHours(24);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final int MOST_CONNECTIONS = 10_000_000;

  private final Optional<String> product;
  private final Mode mode;
  private final Balance balance;
  private final List<Bind> binds;
  private final int slots;
  private final Optional<Path> socket;
  private final Optional<HeadFile> head;
  private final Duration drain;
  private final Duration checkInterval;
  private final int maxConnections;

  private HaproxySettings(Builder builder) {
    this.product = Optional.ofNullable(builder.product);
    this.mode = builder.mode;
    this.balance = builder.balance;
    this.binds = builder.binds;
    this.socket = Optional.ofNullable(builder.socket);
    Integer given = builder.slots;
    this.slots = given != null ? given : socket.isPresent() ? DEFAULT_SLOTS : 0;
    this.head = Optional.ofNullable(builder.head);
    this.drain = builder.drain;
    this.checkInterval = builder.checkInterval;
    this.maxConnections = builder.maxConnections;
    for (Bind bind : binds) {
      require(
          product.isEmpty() || product.get().equals(bind.product()),
          "a bind is for another product than its file; leave the product out there");
    }
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The product whose services the file holds; empty for all that are seen. */
  public Optional<String> product() {
    return product;
  }

  /** The protocol. */
  public Mode mode() {
    return mode;
  }

  /** How connections are dealt. */
  public Balance balance() {
    return balance;
  }

  /** The services that have a frontend, in the order given. */
  public List<Bind> binds() {
    return binds;
  }

  /** Spare servers of each backend, to be filled at run time. */
  public int slots() {
    return slots;
  }

  /** The absolute path of the runtime socket. */
  public Optional<Path> socket() {
    return socket;
  }

  /**
   * The user's text in the place of our {@code global} and {@code defaults}.
   *
   * @throws io.github.serfhandler.render.RenderException where its file can not be used
   */
  public Optional<String> head() {
    return head.isPresent() ? Optional.of(head.get().text()) : Optional.empty();
  }

  /** How long the connections of a drained server may last before its slot is taken back. */
  public Duration drain() {
    return drain;
  }

  /** The time between two checks of a server. */
  public Duration checkInterval() {
    return checkInterval;
  }

  /** {@code maxconn} where there is no head. */
  public int maxConnections() {
    return maxConnections;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Makes {@link HaproxySettings}; confined to one thread. Each method throws an {@link
   * IllegalArgumentException} for what can not be; its message is one line with a remedy.
   */
  public static final class Builder {
    private @Nullable String product;
    private Mode mode = Mode.TCP;
    private Balance balance = Balance.ROUNDROBIN;
    private List<Bind> binds = List.of();
    private @Nullable Integer slots;
    private @Nullable Path socket;
    private @Nullable HeadFile head;
    private Duration drain = Duration.ofMinutes(1);
    private Duration checkInterval = Duration.ofSeconds(2);
    private int maxConnections = 4000;

    private Builder() {}

    /** The services of this product alone; by default of all that are seen. */
    public Builder product(String value) {
      this.product = Names.requireLegal("product", value);
      return this;
    }

    /** By default {@link Mode#TCP}. */
    public Builder mode(Mode value) {
      this.mode = value;
      return this;
    }

    /** By default {@link Balance#ROUNDROBIN}. */
    public Builder balance(Balance value) {
      this.balance = value;
      return this;
    }

    /** By default none. */
    public Builder binds(List<Bind> value) {
      this.binds = List.copyOf(value);
      return this;
    }

    /** 0 to 1000; by default 8 where a socket is set, else 0. */
    public Builder slots(int value) {
      require(value >= 0 && value <= MAX_SLOTS, "HAProxy's slots must be 0 to 1000, not " + value);
      this.slots = value;
      return this;
    }

    /** The runtime socket; by default none. */
    public Builder socket(Path value) {
      String text = value.toString();
      require(
          value.isAbsolute()
              && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET
              && text.matches("[A-Za-z0-9/._+=-]+"),
          "HAProxy's socket must be an absolute path of at most 90 of A-Z a-z 0-9 / . _ + = -; write"
              + " for example /run/haproxy/serf-handler.sock");
      this.socket = value;
      return this;
    }

    /**
     * The user's {@code global} and {@code defaults} sections, which stand in the place of ours;
     * more sections may follow in it. Read when it is first rendered, and not again once that
     * succeeded. By default none.
     */
    public Builder head(Path file) {
      this.head = new HeadFile(file);
      return this;
    }

    /** 0 to 24 hours; by default a minute. */
    public Builder drain(Duration value) {
      require(
          !value.isNegative() && value.compareTo(LONGEST_DRAIN) <= 0,
          "HAProxy's drain must be 0s to 24h; write for example 1m");
      this.drain = value;
      return this;
    }

    /** 1 ms to 1 hour; by default 2 seconds. */
    public Builder checkInterval(Duration value) {
      require(
          value.toMillis() >= 1 && value.compareTo(LONGEST_INTERVAL) <= 0,
          "HAProxy's check interval must be 1ms to 1h; write for example 2s");
      this.checkInterval = value;
      return this;
    }

    /**
     * {@code maxconn}, of no use with a head; by default 4000. HAProxy needs two files for each.
     */
    public Builder maxConnections(int value) {
      require(
          value >= 1 && value <= MOST_CONNECTIONS,
          "HAProxy's connections must be 1 to 10000000, not " + value);
      this.maxConnections = value;
      return this;
    }

    /** The settings. */
    public HaproxySettings build() {
      return new HaproxySettings(this);
    }
  }
}
