package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.SigningKey;
import java.util.Optional;

/** Stateless: signs what is published. */
public final class Signing {
  private Signing() {}

  /**
   * Signs an update where there is a key for that. What this node would not take is not sent to the
   * others, which as a rule trust the same.
   *
   * @throws RejectedException where this node trusts only keys that have not signed it
   * @throws SettingsException where the file of the key can not be used
   */
  public static ConfigUpdate sign(ConfigUpdate update, Settings settings) {
    Optional<SigningKey> key = Wiring.signingKey(settings);
    ConfigUpdate signed = key.isPresent() ? key.get().sign(update) : update;
    try {
      Optional<String> ignored =
          Wiring.trust(settings)
              .requireTrusted(
                  signed.product(), signed.key(), signed.revision(), signed.signature());
    } catch (RejectedException e) {
      throw new RejectedException(
          e.reason()
              + "; give --signing-key=FILE with the private key of one that config.trusted names");
    }
    return signed;
  }
}
