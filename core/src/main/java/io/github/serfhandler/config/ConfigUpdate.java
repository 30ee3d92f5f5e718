package io.github.serfhandler.config;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.render.Utf8Buffer;
import java.util.Optional;

/**
 * Immutable: one version of one piece of configuration, or that it is deleted from that version on.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param version 0 to {@link #MAX_VERSION}; the higher one is the newer one
 * @param content the configuration itself, without a member {@link #VERSION}; empty where it is
 *     deleted
 * @param signature who publishes it, see {@link Trust}: 86 characters; empty where it is not signed
 */
public record ConfigUpdate(
    String product,
    String key,
    long version,
    Optional<JsonObject> content,
    Optional<String> signature) {
  /** The highest version, 2^53-1: the highest integer that every JSON reader keeps exactly. */
  public static final long MAX_VERSION = (1L << 53) - 1;

  /** The member of the file that holds the version. */
  public static final String VERSION = "_version";

  /** The longest file: 1 MiB. */
  public static final int MAX_FILE_BYTES = 1024 * 1024;

  private static final JsonLimits FILE_LIMITS = new JsonLimits(MAX_FILE_BYTES, JsonValue.MAX_DEPTH);

  private static final String VERSION_RULE =
      " is not a version: an integer or a string of digits, 0 to " + MAX_VERSION;

  /**
   * Checks it.
   *
   * @throws RejectedException for an illegal name, version or member
   */
  public ConfigUpdate {
    requireName("product", product);
    requireName("key", key);
    requireVersion(version);
    if (content.isPresent() && content.get().member(VERSION).isPresent()) {
      throw new RejectedException(
          "c holds " + VERSION + ", which the file needs for the version; leave it out");
    }
    if (signature.isPresent() && !Signatures.isWellFormed(signature.get())) {
      throw new RejectedException("s is not a signature: 86 characters of base64url");
    }
  }

  /** A version that is not signed. */
  public ConfigUpdate(String product, String key, long version, JsonObject content) {
    this(product, key, version, Optional.of(content), Optional.empty());
  }

  /** That it is deleted, not signed. */
  public static ConfigUpdate ofDeletion(String product, String key, long version) {
    return new ConfigUpdate(product, key, version, Optional.empty(), Optional.empty());
  }

  /** The same with another version, not signed. */
  public ConfigUpdate withVersion(long other) {
    return new ConfigUpdate(product, key, other, content, Optional.empty());
  }

  /** The same with a signature. */
  public ConfigUpdate withSignature(String made) {
    return new ConfigUpdate(product, key, version, content, Optional.of(made));
  }

  /** Whether this deletes it. */
  public boolean isDeletion() {
    return content.isEmpty();
  }

  /** Which state it is; computes the content's hash. */
  public Revision revision() {
    return content.isEmpty() ? Revision.ofDeletion(version) : Revision.of(version, content.get());
  }

  /**
   * The file's bytes; the same update gives the same bytes everywhere.
   *
   * @throws RejectedException where they are more than {@link #MAX_FILE_BYTES}
   * @throws IllegalStateException where it is a deletion, which has no file
   */
  public byte[] fileBytes() {
    if (content.isEmpty()) {
      throw new IllegalStateException(this + " has no file");
    }
    Utf8Buffer out = new Utf8Buffer();
    try {
      content.get().with(VERSION, JsonValue.of(version)).writeIndented(out, MAX_FILE_BYTES - 1);
    } catch (JsonException e) {
      throw new RejectedException(
          "c becomes a file of more than " + MAX_FILE_BYTES + " bytes; make it smaller");
    }
    out.ascii('\n');
    byte[] bytes = new byte[out.length()];
    out.bytes().get(bytes);
    return bytes;
  }

  /**
   * Reads a file; a version that is written as a string counts, too.
   *
   * @throws RejectedException where it is none
   */
  public static ConfigUpdate ofFile(String product, String key, byte[] bytes) {
    JsonValue value;
    try {
      value = JsonValue.parse(bytes, FILE_LIMITS);
    } catch (JsonException e) {
      throw new RejectedException("not JSON: " + e.getMessage());
    }
    if (!(value instanceof JsonObject object)) {
      throw new RejectedException("not an object");
    }
    long version = versionOf(VERSION, object);
    return new ConfigUpdate(product, key, version, object.without(VERSION));
  }

  /** The version that a member tells. Fractions and exponents are no integers here, even if 0. */
  static long versionOf(String name, JsonObject object) {
    JsonValue value = object.member(name).orElse(null);
    if (value == null) {
      throw new RejectedException(name + " is missing");
    }
    long version = -1;
    if (value instanceof JsonText text) {
      version = digits(text.asText());
    } else if (value instanceof JsonNumber number) {
      version = digits(number.text());
    }
    if (version < 0) {
      throw new RejectedException(name + VERSION_RULE);
    }
    return version;
  }

  /** The number that ASCII digits write, with any number of zeros first; -1 for any other text. */
  private static long digits(String text) {
    long number = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && number >= 0; i++) {
      char c = text.charAt(i);
      number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : -1;
      if (number > MAX_VERSION) {
        number = -1;
      }
    }
    return number;
  }

  static void requireVersion(long version) {
    if (version < 0 || version > MAX_VERSION) {
      throw new RejectedException("v" + VERSION_RULE);
    }
  }

  /** Passes a legal name through. */
  static String requireName(String what, String name) {
    try {
      return Names.requireLegal(what, name);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigUpdate that
        && version == that.version
        && product.equals(that.product)
        && key.equals(that.key)
        && content.equals(that.content)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return (product.hashCode() * 31 + key.hashCode()) * 31 + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return product + "/" + key + " version " + version + (isDeletion() ? " (deleted)" : "");
  }
}
