package io.github.serfhandler.haproxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Stateless: all of HAProxy's file but the lines of servers, which is what a running HAProxy can
 * not be told, and its hash, the <em>shape</em>.
 */
final class Frame {
  /** The environment variable of the running HAProxy that holds the shape it was started with. */
  static final String VARIABLE = "SERF_HANDLER_SHAPE";

  /**
   * Where spare servers point, with port 1: nothing listens there, so that one which somebody makes
   * ready by hand fails at once. Not {@code 0.0.0.0}, which HAProxy takes for the address that the
   * client connected to.
   */
  private static final String NOWHERE = "127.0.0.1:1";

  private static final int SHAPE_BYTES = 16;

  private Frame() {}

  /** The global and default settings, ours or the user's. */
  static String opening(HaproxySettings settings) {
    if (settings.head().isPresent()) {
      return settings.head().get();
    }
    String mode = settings.mode().word();
    return "global\n    maxconn "
        + settings.maxConnections()
        + "\n\ndefaults\n    mode "
        + mode
        + """

            timeout connect 5s
            timeout client 1m
            timeout server 1m
            timeout queue 30s
        """
        + (mode.equals("http") ? "    timeout http-request 10s\n" : "")
        + """
            retries 3
            option redispatch
        """;
  }

  /** The line of the runtime socket; empty where there is none, or the user's part has it. */
  static String socket(HaproxySettings settings) {
    if (settings.socket().isEmpty()) {
      return "";
    }
    String path = settings.socket().get().toString();
    if (settings.head().isPresent()
        && settings.head().get().lines().anyMatch(line -> isSocket(line, path))) {
      return "";
    }
    return "    stats socket " + path + " mode 600 level admin\n";
  }

  private static boolean isSocket(String line, String path) {
    String[] words = line.strip().split("[ \t]+", 4);
    return words.length > 2
        && words[0].equals("stats")
        && words[1].equals("socket")
        && (words[2].equals(path) || words[2].equals("unix@" + path));
  }

  /** The frontends, one for each service that is bound, in the order of the settings. */
  static String frontends(HaproxySettings settings, List<Backend> backends) {
    StringBuilder out = new StringBuilder();
    Set<String> done = new LinkedHashSet<>();
    for (Bind first : settings.binds()) {
      for (Backend backend : backends) {
        if (!isOf(first, backend) || !done.add(backend.name())) {
          continue;
        }
        out.append("\nfrontend ").append(backend.name());
        out.append("\n    mode ").append(settings.mode().word()).append('\n');
        for (Bind bind : settings.binds()) {
          if (isOf(bind, backend)) {
            out.append("    bind ")
                .append(bind.addr())
                .append(':')
                .append(bind.port())
                .append('\n');
          }
        }
        out.append("    default_backend ").append(backend.name()).append('\n');
      }
    }
    return out.toString();
  }

  private static boolean isOf(Bind bind, Backend backend) {
    return bind.product().equals(backend.product()) && bind.service().equals(backend.service());
  }

  /** The lines of a backend before its servers. */
  static String backend(HaproxySettings settings, Backend backend) {
    StringBuilder out = new StringBuilder(160);
    out.append("\nbackend ").append(backend.name());
    out.append("\n    mode ").append(settings.mode().word());
    out.append("\n    balance ").append(settings.balance().word()).append('\n');
    if (settings.balance() == Balance.SOURCE) {
      out.append("    hash-type consistent\n");
    }
    if (backend.path().isPresent()) {
      out.append("    option httpchk GET ").append(backend.path().get()).append('\n');
    }
    out.append("    default-server inter ");
    return out.append(settings.checkInterval().toMillis()).append("ms\n").toString();
  }

  /** The spare servers of a backend. */
  static String spares(HaproxySettings settings, Backend backend) {
    StringBuilder out = new StringBuilder(settings.slots() * 50);
    for (int i = 1; i <= settings.slots(); i++) {
      out.append("    server spare").append(i).append(' ').append(NOWHERE);
      out.append(" weight 0").append(backend.checked() ? " check" : "").append(" disabled\n");
    }
    return out.toString();
  }

  /** The shape: 32 hexadecimal digits. */
  static String shape(HaproxySettings settings, List<Backend> backends) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    add(digest, opening(settings));
    add(digest, socket(settings));
    add(digest, frontends(settings, backends));
    for (Backend backend : backends) {
      add(digest, backend(settings, backend));
      add(digest, spares(settings, backend));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, SHAPE_BYTES);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
