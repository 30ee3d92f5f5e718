package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Immutable: a change of a key as {@code etcdctl} tells it. {@link #toString()} tells nothing of
 * the value.
 *
 * @param key the key in etcd
 * @param version the revision of the change (v3), or its index (v2)
 * @param value what it holds now; empty where it was deleted
 */
record WatchedChange(String key, long version, Optional<Payload> value) {
  private static final String EVENT_TYPE = "ETCD_WATCH_EVENT_TYPE";
  private static final String REVISION = "ETCD_WATCH_REVISION";
  private static final String ACTION = "ETCD_WATCH_ACTION";
  private static final String INDEX = "ETCD_WATCH_MODIFIED_INDEX";
  private static final String KEY = "ETCD_WATCH_KEY";
  private static final String VALUE = "ETCD_WATCH_VALUE";
  private static final int MOST_DIGITS = 19;

  /**
   * What etcd's v2 puts in the place of bytes that are no UTF-8, and Java in the place of what it
   * can not decode: where it stands, the value may not be the one that was set.
   */
  private static final char REPLACED = '\ufffd';

  /**
   * The name of the key that the variables are about, for people; unsafe to print as it is.
   *
   * @throws UsageException where there are no such variables, or not all
   */
  static String name(WatchVariables variables) {
    boolean v3 = isV3(variables);
    byte[] key = required(KEY, variables);
    byte[] unused = required(v3 ? EVENT_TYPE : ACTION, variables);
    unused = required(v3 ? REVISION : INDEX, variables);
    try {
      return new String(v3 ? GoQuoted.unquote(key) : key, StandardCharsets.UTF_8);
    } catch (RejectedException e) {
      return new String(key, StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads the variables.
   *
   * @throws RejectedException where they can not be a change of configuration
   * @throws UsageException as {@link #name}
   */
  static WatchedChange read(WatchVariables variables) {
    return isV3(variables) ? v3(variables) : v2(variables);
  }

  private static boolean isV3(WatchVariables variables) {
    boolean v3 = variables.value(EVENT_TYPE).isPresent() || variables.value(REVISION).isPresent();
    boolean v2 = variables.value(ACTION).isPresent() || variables.value(INDEX).isPresent();
    if (!v3 && !v2) {
      throw new UsageException(
          "the environment tells of no change in etcd: etcdctl runs this command, as in: etcdctl"
              + " watch --prefix / -- serf-handler etcd; or try it by hand: "
              + EtcdCommand.BY_HAND);
    }
    if (v3 && v2) {
      throw new UsageException(
          "the environment holds variables of both etcdctl watch (v3) and exec-watch (v2); take "
              + (variables.value(ACTION).isPresent() ? ACTION : INDEX)
              + " out of the environment that etcdctl is started with, or the others");
    }
    return v3;
  }

  private static byte[] required(String name, WatchVariables variables) {
    return variables
        .value(name)
        .orElseThrow(() -> new UsageException(name + " is not set; as in: " + EtcdCommand.BY_HAND));
  }

  /** The types come in quotes, too; by hand nobody writes them. */
  private static WatchedChange v3(WatchVariables variables) {
    String type = ascii(required(EVENT_TYPE, variables));
    boolean deleted = type.equals("\"DELETE\"") || type.equals("DELETE");
    if (!deleted && !type.equals("\"PUT\"") && !type.equals("PUT")) {
      throw new RejectedException("its " + EVENT_TYPE + " is neither PUT nor DELETE");
    }
    byte[] key = required(KEY, variables);
    requireExact(key, variables);
    String name = utf8(GoQuoted.unquote(key));
    long version = version(REVISION, variables);
    if (deleted) {
      return new WatchedChange(name, version, Optional.empty());
    }
    byte[] value = required(VALUE, variables);
    requireExact(value, variables);
    return new WatchedChange(name, version, Optional.of(Payload.of(GoQuoted.unquote(value))));
  }

  private static WatchedChange v2(WatchVariables variables) {
    String action = ascii(required(ACTION, variables));
    boolean deleted = isDeletion(action);
    if (!deleted && !isSet(action)) {
      throw new RejectedException("its " + ACTION + " changes nothing that is configuration");
    }
    String name = utf8(required(KEY, variables));
    long version = version(INDEX, variables);
    if (deleted) {
      return new WatchedChange(name, version, Optional.empty());
    }
    byte[] value = required(VALUE, variables);
    if (holdsReplaced(value)) {
      throw new RejectedException(
          "it holds the character U+FFFD, which etcd's v2 puts in the place of bytes that are no"
              + " UTF-8; set it as UTF-8 (this character itself as \\ufffd)");
    }
    return new WatchedChange(name, version, Optional.of(Payload.of(value)));
  }

  private static boolean isSet(String action) {
    return switch (action) {
      case "set", "create", "update", "compareAndSwap" -> true;
      default -> false;
    };
  }

  private static boolean isDeletion(String action) {
    return switch (action) {
      case "delete", "compareAndDelete", "expire" -> true;
      default -> false;
    };
  }

  private static void requireExact(byte[] text, WatchVariables variables) {
    if (!variables.exact() && holdsReplaced(text)) {
      throw new RejectedException(
          "it holds characters that this system's Java can not read from the environment; set a"
              + " locale with UTF-8, as LC_ALL=C.UTF-8");
    }
  }

  private static boolean holdsReplaced(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).indexOf(REPLACED) >= 0;
  }

  private static long version(String name, WatchVariables variables) {
    String text = ascii(required(name, variables));
    long version = text.isEmpty() || text.length() > MOST_DIGITS ? -1 : 0;
    for (int i = 0; i < text.length() && version >= 0; i++) {
      char c = text.charAt(i);
      version = c >= '0' && c <= '9' ? version * 10 + (c - '0') : -1;
    }
    if (version < 0 || version > ConfigUpdate.MAX_VERSION) {
      throw new RejectedException(
          "its " + name + " is not a number from 0 to " + ConfigUpdate.MAX_VERSION);
    }
    return version;
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static String utf8(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedException("its key is no UTF-8");
    }
  }

  /** Whether it was deleted. */
  boolean isDeletion() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return key + " version " + version + (isDeletion() ? " (deleted)" : "");
  }
}
