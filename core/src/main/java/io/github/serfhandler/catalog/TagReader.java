package io.github.serfhandler.catalog;

import io.github.serfhandler.client.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a node's tags say; confined to one thread and to one pass.
 *
 * <p>The long form starts at {@code products}: for each of its products P the services in {@code
 * P.service_type}, for each of those S the port in {@code P.S.service_port}. The compact form is
 * {@code svc}, entries {@code P/S:PORT} with {@code ,} between them; an entry names its product
 * itself, so that it counts whether or not {@code products} holds it. The two are merged, equal
 * offers collapse, and what only the long form lacks is no problem where {@code svc} has it: the
 * missing {@code P.service_type} of a product that {@code svc} has entries for, and the missing
 * port of a service that {@code svc} gives one.
 *
 * <p>What is wrong costs exactly the offer that it describes and is told as a {@link TagProblem}.
 * Empty parts of a list ({@code a::b}, a trailing comma) describe nothing and are passed over.
 */
final class TagReader {
  /** How many problems are told of one node; a last one says that there are more. */
  static final int MAX_PROBLEMS = 32;

  /**
   * The longest list that is read, in characters. Serf lets all tags of a node have 512 bytes
   * ({@code MetaMaxSize} in memberlist's {@code net.go}); more than this is no honest node.
   */
  static final int MAX_LIST = 1_024;

  /** How many services one node may run; 512 bytes hold a third of it at best. */
  static final int MAX_OFFERS = 256;

  /** The tag names of one product; many nodes share a product, so they are built once. */
  private static final class Keys {
    final String product;
    final String typeTag;
    final Map<String, ServiceKeys> services = new HashMap<>();

    Keys(String product) {
      this.product = product;
      this.typeTag = product + ".service_type";
    }

    ServiceKeys of(String service) {
      ServiceKeys known = services.get(service);
      if (known == null) {
        String prefix = product + "." + service;
        known = new ServiceKeys(prefix + ".service_port", prefix + ".weight", prefix + ".check");
        services.put(service, known);
      }
      return known;
    }
  }

  private record ServiceKeys(String port, String weight, String check) {}

  private final Map<String, Keys> keys = new HashMap<>();
  private final Map<String, String> legalNames = new HashMap<>();
  private final List<Offer> offers = new ArrayList<>();
  private final List<TagProblem> problems = new ArrayList<>();
  private String node = "";
  private boolean truncated;

  /** The member with its tags understood. Never throws, whatever the tags hold. */
  Node read(Member member) {
    node = member.name();
    offers.clear();
    problems.clear();
    truncated = false;
    List<String> roles = split("role", member.tag("role"));
    List<String> products = new ArrayList<>();
    readCompact(member.tags());
    int compact = offers.size();
    for (String part : split("products", member.tag("products"))) {
      String product = legal(part);
      if (product == null) {
        problem("products", part, Names.RULE);
      } else {
        products.add(product);
        readLong(member.tags(), product, compact);
      }
    }
    if (!offers.isEmpty() && !Addresses.isUsable(member.addr())) {
      offers.clear();
      String text = member.addr() == null ? "" : Addresses.text(member.addr());
      problem(
          "addr", text, "no address that a client could connect to; its services are not shown");
    }
    return new Node(
        member.name(),
        member.addr(),
        member.status(),
        roles,
        products,
        offers,
        member.tags(),
        problems);
  }

  private void readLong(Map<String, String> tags, String product, int compact) {
    Keys known = keys(product);
    String types = tags.get(known.typeTag);
    if (types == null) {
      if (!offered(product, null, compact)) {
        problem(known.typeTag, "", "missing; set it to the product's services (may be empty)");
      }
      return;
    }
    for (String part : split(known.typeTag, types)) {
      String service = legal(part);
      if (service == null) {
        problem(known.typeTag, part, Names.RULE);
        continue;
      }
      String portTag = known.of(service).port();
      String text = tags.get(portTag);
      if (text == null) {
        if (!offered(product, service, compact)) {
          problem(portTag, "", "missing; set it to the service's port");
        }
        continue;
      }
      int port = Ports.parse(text, 0, text.length());
      if (port == 0) {
        problem(portTag, text, Ports.RULE);
      } else {
        offer(tags, product, service, port);
      }
    }
  }

  private void readCompact(Map<String, String> tags) {
    String value = tags.getOrDefault("svc", "");
    if (tooLong("svc", value)) {
      return;
    }
    int from = 0;
    while (from < value.length()) {
      int end = value.indexOf(',', from);
      end = end < 0 ? value.length() : end;
      if (end > from) {
        readEntry(tags, value.substring(from, end));
      }
      from = end + 1;
    }
  }

  private void readEntry(Map<String, String> tags, String entry) {
    int slash = entry.indexOf('/');
    int colon = entry.lastIndexOf(':');
    if (slash < 0 || colon < slash) {
      problem("svc", entry, "not of the form PRODUCT/SERVICE:PORT");
      return;
    }
    String product = legal(entry.substring(0, slash));
    String service = legal(entry.substring(slash + 1, colon));
    int port = Ports.parse(entry, colon + 1, entry.length());
    if (product == null || service == null) {
      problem("svc", entry, Names.RULE);
    } else if (port == 0) {
      problem("svc", entry, Ports.RULE);
    } else {
      offer(tags, product, service, port);
    }
  }

  private void offer(Map<String, String> tags, String product, String service, int port) {
    ServiceKeys known = keys(product).of(service);
    Offer offer =
        new Offer(product, service, port, weight(tags, known.weight()), check(tags, known.check()));
    if (offers.contains(offer)) {
      return;
    }
    if (offers.size() < MAX_OFFERS) {
      offers.add(offer);
    } else {
      problem("svc", offer.toString(), "more than " + MAX_OFFERS + " services on one node");
    }
  }

  private Keys keys(String product) {
    Keys known = keys.get(product);
    if (known == null) {
      known = new Keys(product);
      keys.put(product, known);
    }
    return known;
  }

  private int weight(Map<String, String> tags, String tag) {
    String text = tags.get(tag);
    if (text == null) {
      return Offer.DEFAULT_WEIGHT;
    }
    int weight = 0;
    boolean legal = !text.isEmpty() && text.length() <= 3;
    for (int i = 0; legal && i < text.length(); i++) {
      char c = text.charAt(i);
      legal = c >= '0' && c <= '9';
      weight = weight * 10 + c - '0';
    }
    if (!legal || weight > Offer.MAX_WEIGHT) {
      adviceProblem(tag, text, "not a number from 0 to " + Offer.MAX_WEIGHT);
      return Offer.DEFAULT_WEIGHT;
    }
    return weight;
  }

  private HealthCheck check(Map<String, String> tags, String tag) {
    String text = tags.get(tag);
    if (text == null) {
      return HealthCheck.TCP;
    }
    HealthCheck check = HealthCheck.parse(text);
    if (check == null) {
      adviceProblem(tag, text, HealthCheck.RULE);
      return HealthCheck.TCP;
    }
    return check;
  }

  /**
   * Costs no instance; told once, though a service may be named by both forms and several ports.
   */
  private void adviceProblem(String tag, String value, String reason) {
    TagProblem problem = new TagProblem(node, tag, value, reason + "; the default counts");
    if (!problems.contains(problem)) {
      problem(tag, value, problem.reason());
    }
  }

  /** Whether the first {@code count} offers hold the product, and the service unless null. */
  private boolean offered(String product, @Nullable String service, int count) {
    for (int i = 0; i < count; i++) {
      Offer offer = offers.get(i);
      if (offer.product().equals(product) && (service == null || offer.service().equals(service))) {
        return true;
      }
    }
    return false;
  }

  /** The parts between colons, each once, without empty ones. */
  private List<String> split(String tag, String value) {
    if (value.isEmpty() || tooLong(tag, value)) {
      return List.of();
    }
    if (value.indexOf(':') < 0) {
      return List.of(value);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < value.length()) {
      int end = value.indexOf(':', from);
      end = end < 0 ? value.length() : end;
      if (end > from) {
        String part = value.substring(from, end);
        if (!parts.contains(part)) {
          parts.add(part);
        }
      }
      from = end + 1;
    }
    return parts;
  }

  private boolean tooLong(String tag, String value) {
    if (value.length() <= MAX_LIST) {
      return false;
    }
    problem(tag, value.substring(0, 40), "longer than " + MAX_LIST + " characters; not read");
    return true;
  }

  /** The one copy of a legal name that all nodes share, or null where it is illegal. */
  private @Nullable String legal(String name) {
    String known = legalNames.get(name);
    if (known == null && Names.isLegal(name)) {
      legalNames.put(name, name);
      known = name;
    }
    return known;
  }

  private void problem(String tag, String value, String reason) {
    if (problems.size() < MAX_PROBLEMS - 1) {
      problems.add(new TagProblem(node, tag, value, reason));
    } else if (!truncated) {
      truncated = true;
      problems.add(new TagProblem(node, tag, "", "more problems on this node; not listed"));
    }
  }
}
