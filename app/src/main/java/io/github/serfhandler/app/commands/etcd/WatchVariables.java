package io.github.serfhandler.app.commands.etcd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable: the variables that {@code etcdctl} sets, as bytes.
 *
 * <p>Java decodes the environment by the locale: without one, as below supervisord or systemd, each
 * byte beyond ASCII is lost, and in any locale what is no UTF-8. So the bytes are read from the
 * kernel; where it does not tell them, values in which something may be lost are told apart by
 * {@link #exact}.
 *
 * @param values by name
 * @param exact whether they are the very bytes
 */
record WatchVariables(Map<String, byte[]> values, boolean exact) {
  private static final String PREFIX = "ETCD_WATCH_";
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

  WatchVariables {
    values = Map.copyOf(values);
  }

  /** Those of this process. */
  static WatchVariables ofProcess() {
    try {
      return new WatchVariables(parse(Files.readAllBytes(ENVIRONMENT)), true);
    } catch (IOException e) {
      // A system without /proc, or one that hides it: what Java has decoded is the next best.
      return ofDecoded(System.getenv());
    }
  }

  /** Those that Java has decoded. */
  static WatchVariables ofDecoded(Map<String, String> environment) {
    Map<String, byte[]> values = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(PREFIX)) {
        values.put(variable.getKey(), variable.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return new WatchVariables(values, false);
  }

  /** Those in an environment as the kernel has it: {@code NAME=VALUE}, a zero byte after each. */
  static Map<String, byte[]> parse(byte[] environment) {
    Map<String, byte[]> values = new HashMap<>();
    int begin = 0;
    while (begin < environment.length) {
      int end = indexOf(environment, (byte) 0, begin, environment.length);
      int equals = indexOf(environment, (byte) '=', begin, end);
      String name = new String(environment, begin, equals - begin, StandardCharsets.ISO_8859_1);
      if (equals < end && name.startsWith(PREFIX)) {
        values.put(name, Arrays.copyOfRange(environment, equals + 1, end));
      }
      begin = end + 1;
    }
    return values;
  }

  private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** The value of a variable; empty where it is not set. */
  Optional<byte[]> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
