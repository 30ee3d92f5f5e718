package io.github.serfhandler.app.commands.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.PublicKey;
import io.github.serfhandler.config.SigningKey;
import io.github.serfhandler.config.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeygenCommandTest {
  @TempDir Path folder;

  @Test
  void writesThePrivateKeyForItsOwnerAloneAndPrintsThePublicOne() throws IOException {
    Path file = folder.resolve("ops.key");
    Run run = Run.of("config", "keygen", "ops", "--out=" + file);
    assertThat(run.status()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SigningKey key = SigningKey.parse(Files.readString(file));
    PublicKey printed = PublicKey.parse(run.out().strip());
    assertThat(printed.name()).isEqualTo("ops");
    ConfigUpdate signed = key.sign(ConfigUpdate.ofDeletion("p", "k", 1));
    assertThat(
            Trust.of(List.of(printed))
                .requireTrusted("p", "k", signed.revision(), signed.signature()))
        .contains("ops");
    assertThat(run.err()).contains(file.toString(), "config.trusted", "--signing-key=" + file);
  }

  @Test
  void neverOverwritesAKey() throws IOException {
    Path file = Files.writeString(folder.resolve("ops.key"), "mine");
    Run.of("config", "keygen", "ops", "--out=" + file)
        .assertFailed(1, file + ": is there already", "--out");
    assertThat(file).hasContent("mine");
  }

  @Test
  void tellsWhyItCannotBeWritten() {
    Run.of("config", "keygen", "ops", "--out=" + folder + "/none/ops.key")
        .assertFailed(1, "cannot write the private key: ", "no such file or directory");
  }

  @Test
  void needsALegalName() {
    Run.of("config", "keygen").assertFailed(2, "the name of the key is needed");
    Run.of("config", "keygen", "../ops").assertFailed(2, "not a legal name");
  }
}
