package io.github.serfhandler.app.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What a hostile sender puts into names, payloads and tags; confined to the test's thread. */
final class HostileBytes {
  /** Names of events and queries that mean something to the program, and some that do not. */
  private static final List<String> NAMES =
      List.of(
          "config_updated",
          "config_updated",
          "config_updated",
          "config_deleted",
          "config_announced",
          "config_digest",
          "config_digest",
          "config_status",
          "told",
          "../../x",
          "\u001b[2J\r\nfaked line",
          "\u0000");

  private static final List<String> MODELS =
      List.of(
          "{\"p\":\"p\",\"k\":\"mutant\",\"v\":7,\"c\":{\"text\":\"mutant\"}}",
          "{\"p\":\"p\",\"k\":\"mutant\",\"v\":9007199254740991,\"c\":{}}",
          "{\"p\":\"p\",\"k\":\"mutant\",\"v\":3,\"q\":1,\"s\":\"AAAA\"}",
          "{\"p\":\"p\",\"k\":\"mutant\",\"v\":8,\"h\":\"AAAA\",\"n\":999999999,\"f\":\"target\"}",
          "{\"f\":1,\"p\":\"p\",\"n\":\"x\",\"i\":[[\"\",\"AAAAAAAAAAA\",3]]}",
          "{\"f\":1,\"p\":\"p\",\"n\":\"x\",\"i\":[[\"\",[[\"mutant\",\"5\",\"AAAA\"]]]]}",
          "{\"p\":\"p\",\"k\":\"mutant\"}");

  private static final List<String> WORDS =
      List.of(
          "..",
          "../../../../tmp/escaped",
          "/etc/passwd",
          "p/../../escaped",
          "services.json",
          ".serf-handler",
          "con\u0000trol",
          "line\nbreak\u001b[31m",
          "\ud800",
          "$(touch escaped)",
          "`touch escaped`; touch escaped",
          "-1",
          "1e999",
          "null",
          "x".repeat(64));

  private final Random random;

  HostileBytes(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String name() {
    return random.nextInt(20) == 0 ? "n".repeat(1 + random.nextInt(200)) : one(NAMES);
  }

  String word() {
    return one(WORDS);
  }

  /** A payload of at most so many bytes. */
  byte[] payload(int most) {
    byte[] bytes =
        switch (random.nextInt(7)) {
          case 0 -> noise(random.nextInt(most));
          case 1 -> mutated(one(MODELS));
          case 2 -> truncated(one(MODELS));
          case 3 -> named();
          case 4 -> wrongTypes();
          case 5 -> utf8(deep(random.nextInt(most / 2)));
          default -> utf8(one(MODELS).replace("mutant", "m".repeat(random.nextInt(most / 2))));
        };
    return bytes.length > most ? java.util.Arrays.copyOf(bytes, most) : bytes;
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] mutated(String model) {
    byte[] bytes = utf8(model);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private byte[] truncated(String model) {
    byte[] bytes = utf8(model);
    return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] named() {
    String product = random.nextBoolean() ? "p" : word();
    String key = random.nextInt(4) == 0 ? "mutant" : word();
    return utf8(
        "{\"p\":" + quoted(product) + ",\"k\":" + quoted(key) + ",\"v\":1,\"c\":{\"a\":1}}");
  }

  private byte[] wrongTypes() {
    List<String> values =
        List.of("1", "null", "[]", "{}", "\"x\"", "true", "-1", "1e400", "1.5", "\"\"");
    return utf8(
        "{\"p\":%s,\"k\":%s,\"v\":%s,\"c\":%s,\"i\":%s,\"f\":%s}"
            .formatted(
                random.nextBoolean() ? "\"p\"" : one(values),
                random.nextBoolean() ? "\"mutant\"" : one(values),
                one(values),
                one(values),
                one(values),
                random.nextBoolean() ? "1" : one(values)));
  }

  private static String deep(int depth) {
    return "{\"p\":\"p\",\"k\":\"mutant\",\"v\":9,\"c\":{\"a\":" + "[".repeat(depth);
  }

  /** As JSON, but for half a surrogate pair, which it leaves to the reader. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || Character.isSurrogate(c) || c == '"' || c == '\\') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
