package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path path = folder.resolve("none.pem");

    assertThatThrownBy(() -> TlsFiles.read(tls(path)))
        .hasMessage("reading the TLS file " + path + " for etcd: is not there");
  }

  @Test
  void aFileThatIsTooLongIsNamed() throws IOException {
    Path path = Files.write(folder.resolve("long.pem"), new byte[1024 * 1024 + 1]);

    assertThatThrownBy(() -> TlsFiles.read(tls(path)))
        .hasMessageEndingWith("is longer than 1048576 bytes");
  }

  @ParameterizedTest
  @CsvSource({"'', holds no certificate", "secret, holds", "-----BEGIN CERTIFICATE-----, holds"})
  void whatHoldsNoCertificateIsNamed(String text, String problem) throws IOException {
    Path path = Files.writeString(folder.resolve("ca.pem"), text);

    assertThatThrownBy(() -> TlsFiles.read(tls(path)).context())
        .isInstanceOf(EtcdFailure.class)
        .hasMessageContaining(path + " for etcd: " + problem)
        .hasMessageNotContaining("secret");
  }

  private static EtcdSettings.Tls tls(Path ca) {
    return new EtcdSettings.Tls(Optional.of(ca), Optional.empty(), Optional.empty());
  }
}
