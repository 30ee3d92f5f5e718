package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.testkit.Certificates;
import io.github.serfhandler.testkit.EtcdNode;
import io.github.serfhandler.testkit.EtcdOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that serves HTTPS and asks for certificates. */
@Timeout(120)
class EtcdTlsIT {
  @TempDir static Path folder;
  private static EtcdNode etcd;
  private static Certificates right;
  private static Certificates wrong;

  @BeforeAll
  static void start() throws IOException {
    etcd = EtcdNode.in(Files.createDirectory(folder.resolve("etcd")));
    right = Certificates.make(Files.createDirectory(folder.resolve("right")), etcd.host());
    wrong = Certificates.make(Files.createDirectory(folder.resolve("wrong")), "127.0.0.9", "EC");
    etcd.start(EtcdOptions.DEFAULT.withTls(right).withClientCertificates());
    etcd.put("/app/main", "{}");
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  private static EtcdSettings settings(Path ca, Path certificate, Path key) {
    return Sources.tls(
        Sources.settings(etcd.endpoint()),
        new EtcdSettings.Tls(Optional.of(ca), Optional.of(certificate), Optional.of(key)));
  }

  @Test
  void followsOverTls() {
    EtcdSettings settings =
        Sources.locked(settings(right.ca(), right.clientCertificate(), right.clientKey()), "node1");
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> run.feed.listings() == 1);
      etcd.put("/app/main", "{\"n\":1}");
      Sources.await(() -> !run.feed.changes.isEmpty());

      assertThat(run.failures).isEmpty();
    }
  }

  @Test
  void takesRenewedFilesAtItsNextTry() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path ca = Files.copy(wrong.ca(), own.resolve("ca.pem"));
    EtcdSettings settings = settings(ca, right.clientCertificate(), right.clientKey());
    try (FollowRun run = FollowRun.of(Sources.source(settings))) {
      Sources.await(() -> !run.failures.isEmpty());
      Files.copy(right.ca(), ca, StandardCopyOption.REPLACE_EXISTING);
      Sources.await(() -> run.feed.listings() == 1);
    }
  }

  @Test
  void anAuthorityThatDidNotSignItIsOneLine() {
    assertFails(settings(wrong.ca(), right.clientCertificate(), right.clientKey()))
        .hasMessage(
            "reading / at etcd "
                + etcd.endpoint()
                + ": its certificate is not trusted; see etcd.ca_file");
  }

  @Test
  void aCertificateForAnotherHostIsOneLine() {
    EtcdSettings settings = settings(right.ca(), right.clientCertificate(), right.clientKey());
    try (Relay relay = Relay.to(etcd.host(), etcd.endpoint().getPort())) {
      URI other = URI.create("https://127.0.0.1:" + relay.port());
      assertFails(Sources.tls(Sources.settings(other), settings.tls()))
          .hasMessageContaining("its certificate is for another host");
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsOneLine() {
    assertFails(settings(right.ca(), wrong.clientCertificate(), wrong.clientKey()))
        .hasMessageContaining("take our certificate")
        .hasMessageContaining("etcd.cert_file");
  }

  @Test
  void aKeyInAnotherFormIsOneLineWithTheCommandThatConvertsIt() throws IOException {
    Path key = folder.resolve("pkcs1.key");
    Files.writeString(
        key, "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n");

    assertFails(settings(right.ca(), right.clientCertificate(), key))
        .hasMessage(
            "reading the TLS file "
                + key
                + " for etcd: is a key in another form than PKCS#8; convert it: openssl pkcs8 -topk8"
                + " -nocrypt -in "
                + key
                + " -out NEW_FILE");
  }

  @Test
  void theKeyOfAnotherCertificateIsOneLine() {
    assertFails(settings(right.ca(), right.clientCertificate(), wrong.clientKey()))
        .hasMessageContaining(wrong.clientKey() + " for etcd: is not the key of the first");
  }

  @Test
  void httpWhereHttpsIsServedIsOneLine() {
    URI plain = URI.create("http://" + etcd.host() + ":" + etcd.endpoint().getPort());
    assertFails(Sources.settings(plain))
        .hasMessageStartingWith("reading / at etcd " + plain + ": ");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      EtcdSettings settings) {
    try (EtcdSource source = Sources.source(settings)) {
      return assertThatThrownBy(() -> source.follow(new RecordingFeed()))
          .isInstanceOf(SourceException.class)
          .hasMessageNotContaining("\n");
    }
  }
}
