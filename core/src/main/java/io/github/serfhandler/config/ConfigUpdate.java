package io.github.serfhandler.config;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonNumber;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonText;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.render.Utf8Buffer;

/**
 * Immutable: one version of one piece of configuration.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param version 0 to {@link #MAX_VERSION}; the higher one is the newer one
 * @param content the configuration itself, without a member {@link #VERSION}
 */
public record ConfigUpdate(String product, String key, long version, JsonObject content) {
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
    if (content.member(VERSION).isPresent()) {
      throw new RejectedException(
          "c holds " + VERSION + ", which the file needs for the version; leave it out");
    }
  }

  /**
   * The file's bytes; the same update gives the same bytes everywhere.
   *
   * @throws RejectedException where they are more than {@link #MAX_FILE_BYTES}
   */
  public byte[] fileBytes() {
    Utf8Buffer out = new Utf8Buffer();
    try {
      content.with(VERSION, JsonValue.of(version)).writeIndented(out, MAX_FILE_BYTES - 1);
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
        && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return (product.hashCode() * 31 + key.hashCode()) * 31 + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return product + "/" + key + " version " + version;
  }
}
