package io.github.serfhandler.app.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Immutable: {@code HOST:PORT} or {@code [V6]:PORT}; the value is unresolved, so that reading
 * settings never asks a name server.
 */
public final class AddressType implements ValueType<InetSocketAddress> {
  private static final String REMEDY = "; write for example 127.0.0.1:7373 or [::1]:7373";

  @Override
  public InetSocketAddress parse(String text) throws BadValueException {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon < 0 || (bracketed && text.charAt(colon - 1) != ']')) {
      throw new BadValueException("has no port" + REMEDY);
    }
    String host = text.substring(0, colon);
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
      if (!isV6(host)) {
        throw new BadValueException("holds no IPv6 address between [ and ]" + REMEDY);
      }
    } else if (host.indexOf(':') >= 0) {
      throw new BadValueException("is not host:port; an IPv6 address stands in [ ]" + REMEDY);
    } else if (!isName(host)) {
      throw new BadValueException("has no valid host" + REMEDY);
    } else if (looksLikeV4(host) && !isV4(host)) {
      throw new BadValueException("holds no valid IPv4 address" + REMEDY);
    }
    return InetSocketAddress.createUnresolved(host, port(text.substring(colon + 1)));
  }

  @Override
  public String format(InetSocketAddress value) {
    String host = value.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + value.getPort();
  }

  @Override
  public String placeholder() {
    return "HOST:PORT";
  }

  @Override
  public String allowed() {
    return "`HOST:PORT` or `[IPV6]:PORT`, port 1 to 65535";
  }

  @Override
  public String schema() {
    return "\"type\": \"string\", \"pattern\": \"^(\\\\[[0-9A-Fa-f:.%a-z]+\\\\]|[A-Za-z0-9._-]+):[0-9]{1,5}$\"";
  }

  private static int port(String text) throws BadValueException {
    int port = 0;
    for (int i = 0; i < text.length() && port <= 65535; i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + (c - '0') : 65536;
    }
    if (port < 1 || port > 65535) {
      throw new BadValueException("has no port of 1 to 65535" + REMEDY);
    }
    return port;
  }

  private static boolean isName(String host) {
    if (host.isEmpty() || host.length() > 253 || host.startsWith("-") || host.startsWith(".")) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
      if (!letterOrDigit && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return host.indexOf("..") < 0;
  }

  private static boolean looksLikeV4(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (!isDigit(host.charAt(i)) && host.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isV4(String host) {
    int parts = 1;
    int number = -1;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        if (number < 0) {
          return false;
        }
        parts++;
        number = -1;
      } else {
        number = Math.max(number, 0) * 10 + (c - '0');
        if (number > 255) {
          return false;
        }
      }
    }
    return parts == 4 && number >= 0;
  }

  private static boolean isV6(String host) {
    int zone = host.indexOf('%');
    String address = zone < 0 ? host : host.substring(0, zone);
    if (address.indexOf(':') < 0 || zone == host.length() - 1) {
      return false;
    }
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    try {
      // With a colon in it this is taken for a literal: no name server is asked.
      InetAddress.getByName(address);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
