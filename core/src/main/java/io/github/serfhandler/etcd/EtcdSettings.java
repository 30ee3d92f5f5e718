package io.github.serfhandler.etcd;

import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.ValueFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: which keys of which etcd are followed, and how.
 *
 * @param endpoints its servers, {@code http} or {@code https}, at least one
 * @param prefixes what keys begin with before the layout, the strongest first; at least one, which
 *     may be {@code ""}
 * @param layout the rest of the keys
 * @param format how values are read
 * @param user who asks, with the password; empty where etcd asks for none
 * @param tls the files for {@code https}
 * @param lock whether one of several with the same prefixes and layout publishes, by a lock in etcd
 * @param node who this is, for the others that wait for the lock
 */
public record EtcdSettings(
    List<URI> endpoints,
    List<String> prefixes,
    KeyLayout layout,
    ValueFormat format,
    Optional<User> user,
    Tls tls,
    boolean lock,
    String node) {
  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
    prefixes = List.copyOf(prefixes);
  }

  /**
   * Immutable: a user of etcd; its text hides the password.
   *
   * @param name its name
   * @param password its password
   */
  public record User(String name, String password) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Immutable: PEM files.
   *
   * @param ca certificates of who may have signed that of etcd; empty for those that Java trusts
   * @param certificate what is shown to etcd; has a key then
   * @param key its private key, PKCS#8
   */
  public record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    /** Without files. */
    public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
