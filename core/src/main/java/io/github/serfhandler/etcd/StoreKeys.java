package io.github.serfhandler.etcd;

import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.KeyLayout.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: which keys of etcd are followed, and where each belongs. A key is a prefix and then
 * what the layout says; where both have a slash between them, one of the two counts.
 */
final class StoreKeys {
  /** What our own keys begin with. */
  static final String OWN = "serf-handler/";

  private static final byte[] OWN_BYTES = OWN.getBytes(StandardCharsets.UTF_8);

  private final List<String> bases;
  private final List<KeyRange> ranges;
  private final KeyLayout layout;

  StoreKeys(List<String> prefixes, KeyLayout layout) {
    this.layout = layout;
    this.bases = prefixes.stream().map(prefix -> base(prefix, layout)).distinct().toList();
    this.ranges = bases.stream().map(base -> KeyRange.below(utf8(base + layout.head()))).toList();
  }

  /** A range for each prefix, the strongest first. */
  List<KeyRange> ranges() {
    return ranges;
  }

  /** How many prefixes there are. */
  int count() {
    return bases.size();
  }

  /** What the keys of a prefix begin with, for messages. */
  String name(int prefix) {
    String head = bases.get(prefix) + layout.head();
    return head.isEmpty() ? "all keys" : Printable.text(head);
  }

  /** The key for a product and a key below a prefix. */
  String key(int prefix, Place place) {
    return bases.get(prefix) + layout.storeKey(place.product(), place.key());
  }

  /** Why a key of a weaker prefix does not count. */
  String overruled(int stronger, Place place) {
    return Printable.text(key(stronger, place)) + " counts in its place";
  }

  /**
   * Where a key belongs that was found below a prefix.
   *
   * @return empty where it is none of ours to tell of: a key of our own, or one that belongs to
   *     another prefix
   * @throws RejectedException where it belongs nowhere; the reason is one line
   */
  Optional<Place> place(int prefix, byte[] key) {
    if (isOwn(key)) {
      return Optional.empty();
    }
    String text =
        Printable.utf8(key).orElseThrow(() -> new RejectedException("its name is not UTF-8"));
    try {
      return Optional.of(place(prefix, text));
    } catch (RejectedException e) {
      for (int other = 0; other < bases.size(); other++) {
        if (other != prefix && fits(other, text)) {
          return Optional.empty();
        }
      }
      throw e;
    }
  }

  /** A name for this choice of keys: 16 hexadecimal digits. */
  String fingerprint() {
    String text = String.join("\0", bases) + "\0\0" + layout;
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8(text));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private boolean fits(int prefix, String text) {
    try {
      return !place(prefix, text).product().isEmpty();
    } catch (RejectedException e) {
      return false;
    }
  }

  private Place place(int prefix, String text) {
    String base = bases.get(prefix);
    if (!text.startsWith(base)) {
      throw new RejectedException("not below the prefix " + Printable.text(base));
    }
    return layout.place(text.substring(base.length()));
  }

  private static boolean isOwn(byte[] key) {
    return key.length >= OWN_BYTES.length
        && Arrays.equals(key, 0, OWN_BYTES.length, OWN_BYTES, 0, OWN_BYTES.length);
  }

  private static String base(String prefix, KeyLayout layout) {
    return prefix.endsWith("/") && layout.head().startsWith("/")
        ? prefix.substring(0, prefix.length() - 1)
        : prefix;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
