package io.github.serfhandler.app.doctor;

import io.github.serfhandler.app.settings.Origin;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Nearest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Stateless: shows where the settings came from, and finds those that give a key away. */
final class SettingsChecks {
  private static final String PREFIX = "SERF_HANDLER_";

  private SettingsChecks() {}

  static List<Check> of(Settings settings, Map<String, String> environment) {
    List<Check> checks = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      Origin origin = settings.origin(setting);
      if (origin.source() != Origin.Source.DEFAULT) {
        checks.add(
            Check.ok(
                "settings", setting.key() + " = " + settings.text(setting) + " (" + origin + ")"));
      }
    }
    checks.add(
        Check.ok("settings", checks.isEmpty() ? "all at their defaults" : "all others at default"));
    unknownVariables(environment, checks);
    exposedKey(settings, checks);
    openRpc(settings, checks);
    return checks;
  }

  /** A mistyped variable has no effect; some belong to others, as those that Kubernetes sets. */
  private static void unknownVariables(Map<String, String> environment, List<Check> checks) {
    List<String> known = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      known.add(setting.variable());
    }
    // The launcher reads these.
    known.add(PREFIX + "JAVA_HOME");
    known.add(PREFIX + "HEAP");
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(PREFIX) && !known.contains(name)) {
        checks.add(
            Check.warn(
                "settings",
                "the variable " + name + " has no effect" + Nearest.hint(name, known),
                "unset it if it was meant for serf-handler"));
      }
    }
  }

  private static void exposedKey(Settings settings, List<Check> checks) {
    Origin origin = settings.origin(SettingsTable.RPC_AUTH);
    if (settings.rpcAuth().isPresent() && origin.place().equals(SettingsTable.RPC_AUTH.flag())) {
      checks.add(
          Check.warn(
              "rpc key",
              "it stands on the command line, where every user of this machine can read it",
              "put it in a file and use --rpc-auth-file"));
    }
    settings
        .get(SettingsTable.RPC_AUTH_FILE)
        .filter(SettingsChecks::readableByOthers)
        .ifPresent(
            file ->
                checks.add(
                    Check.warn(
                        "rpc key",
                        file + " is readable for other users",
                        "run: chmod 600 " + file)));
  }

  private static boolean readableByOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      // Reading it has succeeded, so this says nothing worth a line.
      return false;
    }
  }

  private static void openRpc(Settings settings, List<Check> checks) {
    Optional<InetAddress> address = address(settings.rpcAddr().getHostString());
    if (address.isPresent() && !address.get().isLoopbackAddress()) {
      String rpc = settings.text(SettingsTable.RPC_ADDR);
      String keyless = settings.rpcAuth().isEmpty() ? " and asks for no key" : "";
      checks.add(
          Check.warn(
              "rpc address",
              rpc + " is not on the loopback interface; RPC is not encrypted" + keyless,
              "let the agent listen on 127.0.0.1, or keep others out with a firewall and a key"));
    }
  }

  private static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      // The check of the agent tells it.
      return Optional.empty();
    }
  }
}
