package io.github.serfhandler.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Immutable: an authority of its own with a certificate for one server and one for a client, as PEM
 * files in a folder; made by the JDK's {@code keytool}, valid for a day.
 *
 * @param folder where the files are
 */
public record Certificates(Path folder) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes them.
   *
   * @param folder an existing folder
   * @param host the server's IP address
   */
  public static Certificates make(Path folder, String host) {
    return make(folder, host, "RSA");
  }

  /** The same with keys of another algorithm: {@code EC}. */
  public static Certificates make(Path folder, String host, String algorithm) {
    Certificates made = new Certificates(folder);
    made.pair("ca", algorithm, List.of("-ext", "bc:c"));
    made.pair("server", algorithm, List.of());
    made.pair("client", algorithm, List.of());
    made.write("ca.pem", made.keytool("ca", List.of("-exportcert", "-rfc")));
    made.sign("server", List.of("-ext", "san=ip:" + host));
    made.sign("client", List.of("-ext", "eku=clientAuth"));
    made.writeKey("server");
    made.writeKey("client");
    return made;
  }

  /** The authority's certificate. */
  public Path ca() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate. */
  public Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  /** The server's key, PKCS#8. */
  public Path serverKey() {
    return folder.resolve("server.key");
  }

  /** The client's certificate. */
  public Path clientCertificate() {
    return folder.resolve("client.pem");
  }

  /** The client's key, PKCS#8. */
  public Path clientKey() {
    return folder.resolve("client.key");
  }

  private void pair(String name, String algorithm, List<String> more) {
    List<String> args = new ArrayList<>(List.of("-genkeypair", "-keyalg", algorithm));
    args.addAll(List.of("-dname", "CN=" + name, "-validity", "1"));
    args.addAll(more);
    String unused = keytool(name, args);
  }

  private void sign(String name, List<String> extensions) {
    Path request = folder.resolve(name + ".csr");
    String unused = keytool(name, List.of("-certreq", "-file", request.toString()));
    List<String> args = new ArrayList<>(List.of("-gencert", "-rfc", "-validity", "1", "-infile"));
    args.add(request.toString());
    args.addAll(extensions);
    write(name + ".pem", keytool("ca", args));
  }

  private void writeKey(String name) {
    try (InputStream in = Files.newInputStream(store(name))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Key key = store.getKey(name, PASSWORD.toCharArray());
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
      write(
          name + ".key",
          "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException("reading the key of " + name, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("reading the key of " + name, e);
    }
  }

  private String keytool(String name, List<String> args) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> argv = new ArrayList<>(List.of(program.toString()));
    argv.addAll(args);
    argv.addAll(List.of("-alias", name, "-keystore", store(name).toString()));
    argv.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    return Command.run(argv);
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }
}
