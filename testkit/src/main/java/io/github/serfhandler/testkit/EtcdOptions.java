package io.github.serfhandler.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: how to start one real etcd. Defaults: HTTP, version 3 of its API alone.
 *
 * @param tls the certificates where it serves HTTPS
 * @param clientCertificates whether it asks clients for a certificate, then
 * @param v2 whether it serves version 2 of its API, too
 * @param flags further flags of {@code etcd}
 */
public record EtcdOptions(
    Optional<Certificates> tls, boolean clientCertificates, boolean v2, List<String> flags) {
  /** The defaults. */
  public static final EtcdOptions DEFAULT =
      new EtcdOptions(Optional.empty(), false, false, List.of());

  /** The list is copied. */
  public EtcdOptions {
    flags = List.copyOf(flags);
  }

  /** It serves HTTPS with the server's certificate of these. */
  public EtcdOptions withTls(Certificates certificates) {
    return new EtcdOptions(Optional.of(certificates), clientCertificates, v2, flags);
  }

  /** It asks clients for a certificate of the same authority. */
  public EtcdOptions withClientCertificates() {
    return new EtcdOptions(tls, true, v2, flags);
  }

  /** It serves version 2 of its API, too. */
  public EtcdOptions withV2() {
    return new EtcdOptions(tls, clientCertificates, true, flags);
  }

  /** With one more flag, as {@code --auto-compaction-retention=1h}. */
  public EtcdOptions withFlag(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new EtcdOptions(tls, clientCertificates, v2, more);
  }

  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /** The flags of {@code etcd} that all of this takes. */
  List<String> argv() {
    List<String> argv = new ArrayList<>(flags);
    if (v2) {
      argv.add("--enable-v2");
    }
    if (tls.isPresent()) {
      argv.add("--cert-file=" + tls.get().serverCertificate());
      argv.add("--key-file=" + tls.get().serverKey());
    }
    if (tls.isPresent() && clientCertificates) {
      argv.add("--client-cert-auth");
      argv.add("--trusted-ca-file=" + tls.get().ca());
    }
    return argv;
  }

  /** What {@code etcdctl} needs to reach it. */
  List<String> clientFlags() {
    if (tls.isEmpty()) {
      return List.of();
    }
    Path ca = tls.get().ca();
    return List.of(
        "--cacert=" + ca,
        "--cert=" + tls.get().clientCertificate(),
        "--key=" + tls.get().clientKey());
  }
}
