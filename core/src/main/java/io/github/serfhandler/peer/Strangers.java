package io.github.serfhandler.peer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * Those who asked without knowing the secret: counts them, and tells of each address once, of
 * {@link #MAX_TOLD} at most. Confined to the server's thread.
 */
final class Strangers {
  static final int MAX_TOLD = 64;

  private final Logger log;
  private final String port;
  private final Set<InetAddress> told = new HashSet<>();
  private boolean full;

  Strangers(Logger log, String port) {
    this.log = log;
    this.port = port;
  }

  /** One from that address was refused. */
  void refused(InetAddress from) {
    if (full || told.contains(from)) {
      return;
    }
    if (told.size() == MAX_TOLD) {
      full = true;
      log.log(
          Level.WARNING,
          port
              + ": refused requests from "
              + MAX_TOLD
              + " addresses and more; further addresses are counted only. Keep strangers off this"
              + " port");
      return;
    }
    told.add(from);
    log.log(
        Level.WARNING,
        port
            + ": refused a request from "
            + from.getHostAddress()
            + ", which is not sealed with this node's peer secret (told once for this address)."
            + " Give both nodes the same secret; if it is none of yours, keep it off this port");
  }
}
