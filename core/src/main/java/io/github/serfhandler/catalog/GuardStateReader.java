package io.github.serfhandler.catalog;

import io.github.serfhandler.catalog.GuardState.Cause;
import io.github.serfhandler.catalog.GuardState.Loss;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@link GuardStateFile}, strictly; confined to one thread, used once. */
final class GuardStateReader {
  /** The file is not exactly as it should be; the reason says where and why. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    Malformed(int line, String reason) {
      // No stack trace: it is a value for one method up.
      super(reason, null, false, false);
      this.reason = "line " + line + ": " + reason;
    }

    String reason() {
      return reason;
    }
  }

  private static final int MAX_TIME_DIGITS = 15;

  private final String text;
  private final List<String> fields = new ArrayList<>(6);
  private final SortedMap<String, SortedMap<String, List<Instance>>> alive = new TreeMap<>();
  private final List<Loss> losses = new ArrayList<>();
  private LossWave wave = LossWave.NONE;
  private String product = "";
  private String service = "";
  private int position;
  private int line;

  GuardStateReader(String text) {
    this.text = text;
  }

  GuardState read() throws Malformed {
    nextLine();
    check(fields.size() == 1 && fields.get(0).equals(GuardStateFile.HEADER), "unknown header");
    while (true) {
      nextLine();
      switch (fields.get(0)) {
        case "service" -> service();
        case "alive" -> alive();
        case "failed" -> loss(Cause.FAILED, false);
        case "held" -> loss(Cause.FAILED, true);
        case "vanished" -> loss(Cause.VANISHED, false);
        case "vanished-held" -> loss(Cause.VANISHED, true);
        case "wave" -> wave();
        case "end" -> {
          checkFields(2);
          check(number(1, 9) == line - 1, "the count of lines is wrong");
          check(position == text.length(), "something follows the end");
          return new GuardState(new View(alive, List.of()), losses, wave);
        }
        default -> throw new Malformed(line, "unknown record");
      }
    }
  }

  private void service() throws Malformed {
    checkFields(3);
    product = fields.get(1);
    service = fields.get(2);
    check(Names.isLegal(product) && Names.isLegal(service), "illegal name");
  }

  private void alive() throws Malformed {
    checkFields(4);
    Instance instance = instance();
    // No lambdas: the first one of a process is slow, and cron starts a process each minute.
    SortedMap<String, List<Instance>> services = alive.get(product);
    if (services == null) {
      services = new TreeMap<>();
      alive.put(product, services);
    }
    List<Instance> instances = services.get(service);
    if (instances == null) {
      instances = new ArrayList<>();
      services.put(service, instances);
    }
    instances.add(instance);
  }

  private void loss(Cause cause, boolean held) throws Malformed {
    checkFields(5);
    Instant failedAt = Instant.ofEpochMilli(number(4, MAX_TIME_DIGITS));
    losses.add(new Loss(product, service, instance(), cause, failedAt, held));
  }

  private void wave() throws Malformed {
    checkFields(5);
    check(wave.equals(LossWave.NONE), "a second wave");
    int failedMembers = (int) number(1, 9);
    Instant start = Instant.ofEpochMilli(number(2, MAX_TIME_DIGITS));
    Instant last = Instant.ofEpochMilli(number(3, MAX_TIME_DIGITS));
    wave = new LossWave(failedMembers, start, last, number(4, 1) == 1);
  }

  private Instance instance() throws Malformed {
    check(!product.isEmpty(), "no service before it");
    String port = fields.get(3);
    int number = Ports.parse(port, 0, port.length());
    check(number > 0, "not a port");
    return new Instance(node(), address(), number);
  }

  private String node() throws Malformed {
    String escaped = fields.get(1);
    if (escaped.indexOf('\\') < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\') {
        check(escaped.length() - i >= 6 && escaped.charAt(i + 1) == 'u', "broken escape");
        c = (char) hex(escaped, i + 2, 4);
        i += 5;
      }
      out.append(c);
    }
    return out.toString();
  }

  private InetAddress address() throws Malformed {
    String hex = fields.get(2);
    check(hex.length() == 8 || hex.length() == 32, "not an address");
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) hex(hex, 2 * i, 2);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new Malformed(line, "not an address");
    }
  }

  private int hex(String digits, int from, int count) throws Malformed {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = hexDigit(digits.charAt(i));
      check(digit >= 0, "not hexadecimal");
      value = value << 4 | digit;
    }
    return value;
  }

  /** Not Character.digit: a fleet has many thousands of them, and a short process interprets it. */
  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  private long number(int field, int maxDigits) throws Malformed {
    String digits = fields.get(field);
    check(!digits.isEmpty() && digits.length() <= maxDigits, "not a number");
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      check(c >= '0' && c <= '9', "not a number");
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private void nextLine() throws Malformed {
    line++;
    int end = text.indexOf('\n', position);
    check(end >= 0, "cut short");
    fields.clear();
    int from = position;
    while (from <= end) {
      int tab = text.indexOf('\t', from);
      int stop = tab < 0 || tab > end ? end : tab;
      fields.add(text.substring(from, stop));
      from = stop + 1;
      check(fields.size() <= 5, "too many fields");
    }
    position = end + 1;
  }

  private void checkFields(int count) throws Malformed {
    check(fields.size() == count, "wrong number of fields");
  }

  private void check(boolean right, String otherwise) throws Malformed {
    if (!right) {
      throw new Malformed(line, otherwise);
    }
  }
}
