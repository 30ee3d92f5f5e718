package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Names;
import java.util.Optional;

/**
 * Immutable: a service that HAProxy offers at an address of its own.
 *
 * @param product the product, a legal name
 * @param service its service, a legal name
 * @param addr {@code *}, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535
 */
public record Bind(String product, String service, String addr, int port) {
  private static final String REMEDY =
      " write PRODUCT/SERVICE=ADDR:PORT with ADDR * or 10.0.0.1 or [2001:db8::1], for example"
          + " shop/web=*:80";

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException where one is not as above; its message is one line
   */
  public Bind {
    Names.requireLegal("product", product);
    Names.requireLegal("service", service);
    if (!isAddress(addr) || port < 1 || port > 65535) {
      throw new IllegalArgumentException("a bind's address or port can not be used;" + REMEDY);
    }
  }

  /**
   * Reads {@code PRODUCT/SERVICE=ADDR:PORT}, or without the product where that is known.
   *
   * @param product the only product of the file; empty where it shows all
   * @throws IllegalArgumentException where it is not of that form, or names another product; its
   *     message is one line with a remedy
   */
  public static Bind parse(String text, Optional<String> product) {
    int equals = text.indexOf('=');
    int colon = text.lastIndexOf(':');
    if (equals < 1 || colon < equals + 2) {
      throw new IllegalArgumentException("a bind is not understood;" + REMEDY);
    }
    String name = text.substring(0, equals);
    int slash = name.indexOf('/');
    if (slash < 0 && product.isEmpty()) {
      throw new IllegalArgumentException("a bind does not say of which product;" + REMEDY);
    }
    String owner = slash < 0 ? product.get() : name.substring(0, slash);
    if (product.isPresent() && !owner.equals(product.get())) {
      throw new IllegalArgumentException(
          "a bind is for another product than its file; leave the product out there");
    }
    String addr = text.substring(equals + 1, colon);
    if (addr.startsWith("[") && addr.endsWith("]") && addr.length() > 2) {
      String inner = Literals.ipv6(addr.substring(1, addr.length() - 1));
      addr = inner == null ? "" : inner.indexOf(':') < 0 ? inner : "[" + inner + "]";
    }
    return new Bind(
        owner, name.substring(slash + 1), addr, Literals.port(text.substring(colon + 1)));
  }

  private static boolean isAddress(String addr) {
    if (addr.equals("*") || Literals.ipv4(addr) != null) {
      return true;
    }
    return addr.length() > 2
        && addr.charAt(0) == '['
        && addr.charAt(addr.length() - 1) == ']'
        && Literals.ipv6(addr.substring(1, addr.length() - 1)) != null;
  }

  @Override
  public String toString() {
    return product + "/" + service + "=" + addr + ":" + port;
  }
}
