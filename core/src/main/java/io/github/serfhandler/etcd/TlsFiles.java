package io.github.serfhandler.etcd;

import io.github.serfhandler.etcd.EtcdFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Immutable: the PEM files for {@code https} as they were when they were read. Messages hold
 * nothing of them.
 */
final class TlsFiles {
  /** A bundle of all that a system trusts has some 220 KiB. */
  private static final int MAX_CERTIFICATES = 1024 * 1024;

  private static final int MAX_KEY = 64 * 1024;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final char[] NO_PASSWORD = new char[0];

  private final EtcdSettings.Tls paths;
  private final byte[] ca;
  private final byte[] certificate;
  private final byte[] key;

  private TlsFiles(EtcdSettings.Tls paths) throws EtcdFailure {
    this.paths = paths;
    this.ca = read(paths.ca(), MAX_CERTIFICATES);
    this.certificate = read(paths.certificate(), MAX_CERTIFICATES);
    this.key = read(paths.key(), MAX_KEY);
  }

  /** Reads them. */
  static TlsFiles read(EtcdSettings.Tls paths) throws EtcdFailure {
    return new TlsFiles(paths);
  }

  /** Whether the files are what they were then. */
  boolean isLike(TlsFiles other) {
    return Arrays.equals(ca, other.ca)
        && Arrays.equals(certificate, other.certificate)
        && Arrays.equals(key, other.key);
  }

  /** What trusts and shows the certificates that are in them. */
  SSLContext context() throws EtcdFailure {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          paths.certificate().isPresent() ? shown().getKeyManagers() : null,
          paths.ca().isPresent() ? trusted(paths.ca().get()).getTrustManagers() : null,
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new EtcdFailure(
          Kind.REFUSED, 0, "preparing TLS for etcd: " + Printable.text(String.valueOf(e)), e);
    }
  }

  private TrustManagerFactory trusted(Path path)
      throws EtcdFailure, GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate one : certificates(path, ca)) {
      store.setCertificateEntry("ca" + number++, one);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private KeyManagerFactory shown() throws EtcdFailure, GeneralSecurityException, IOException {
    Path certificatePath = paths.certificate().orElseThrow();
    Path keyPath =
        paths.key().orElseThrow(() -> failure(certificatePath, "needs its key; set etcd.key_file"));
    Certificate[] chain = certificates(certificatePath, certificate).toArray(Certificate[]::new);
    PrivateKey secret = key(keyPath);
    if (!belongTogether(secret, chain[0].getPublicKey())) {
      throw failure(keyPath, "is not the key of the first certificate in " + certificatePath);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", secret, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private static Collection<? extends Certificate> certificates(Path path, byte[] pem)
      throws EtcdFailure {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw failure(path, "holds what is no certificate; it needs certificates in PEM");
    }
    throw failure(path, "holds no certificate; it needs certificates in PEM");
  }

  private PrivateKey key(Path path) throws EtcdFailure, GeneralSecurityException {
    String pem = new String(key, StandardCharsets.ISO_8859_1);
    Optional<String> body = section(pem, "PRIVATE KEY");
    if (body.isEmpty()) {
      boolean other =
          section(pem, "RSA PRIVATE KEY").isPresent() || section(pem, "EC PRIVATE KEY").isPresent();
      boolean encrypted = pem.contains("ENCRYPTED");
      String command = encrypted ? "openssl pkcs8 -in " : "openssl pkcs8 -topk8 -nocrypt -in ";
      throw failure(
          path,
          other || encrypted
              ? (encrypted ? "is encrypted" : "is a key in another form than PKCS#8")
                  + "; convert it: "
                  + command
                  + path
                  + " -out NEW_FILE"
              : "holds no private key; it needs one in PEM, PKCS#8");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(body.get());
    } catch (IllegalArgumentException e) {
      throw failure(path, "holds what is no private key");
    }
    List<String> tried = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        tried.add(algorithm);
      }
    }
    throw failure(path, "holds no key of " + String.join(", ", tried));
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey open)
      throws GeneralSecurityException {
    if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> secret.getAlgorithm();
        };
    byte[] text = {1};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(text);
    return signature.verify(signed);
  }

  private static Optional<String> section(String pem, String name) {
    String head = "-----BEGIN " + name + "-----";
    int start = pem.indexOf(head);
    int end = pem.indexOf("-----END " + name + "-----", Math.max(0, start));
    return start < 0 || end < 0
        ? Optional.empty()
        : Optional.of(pem.substring(start + head.length(), end));
  }

  private static byte[] read(Optional<Path> path, int maxBytes) throws EtcdFailure {
    if (path.isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path.get())) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw failure(path.get(), "is longer than " + maxBytes + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw failure(path.get(), "is not there");
    } catch (IOException e) {
      throw failure(path.get(), "can not be read: " + Printable.text(String.valueOf(e)));
    }
  }

  private static EtcdFailure failure(Path path, String problem) {
    return new EtcdFailure(Kind.REFUSED, "reading the TLS file " + path + " for etcd: " + problem);
  }
}
