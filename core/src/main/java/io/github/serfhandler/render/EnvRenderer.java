package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: {@code services.env}, variables as the shell's {@code .}, systemd's {@code
 * EnvironmentFile=} and Docker's {@code --env-file} alike read them. For each service {@code
 * SVC_PRODUCT__SERVICE} with all its instances, {@code ADDR:PORT} with {@code ,} between them;
 * {@code …__ADDR} and {@code …__PORT} of the first; and {@code …__COUNT}. The prefix keeps a
 * product {@code LD} with a service {@code PRELOAD} from being a variable that means something.
 *
 * <p>In a variable's name, letters are in upper case and all but letters and digits is {@code _}. A
 * service with plain names, of small letters and digits with single {@code -} between them, always
 * has its variables: two underscores stand where a plain name has one at most. Where another one's
 * would be the same, that one is left out, and a comment says so; of two that are not plain, both.
 */
public final class EnvRenderer implements Renderer {
  private static final String[] SUFFIXES = {"", "__ADDR", "__PORT", "__COUNT"};

  /** A service; {@code rival} is one that has a variable of the same name. */
  private static final class Entry {
    final String service;
    final String variable;
    final boolean plain;
    final List<Instance> instances;
    @Nullable Entry rival;

    Entry(String product, String service, List<Instance> instances) {
      this.service = product + "/" + service;
      this.variable = "SVC_" + upper(product) + "__" + upper(service);
      this.plain = isPlain(product) && isPlain(service);
      this.instances = instances;
    }

    /** This one is left out where the other one has as good a right to the name, or a better. */
    void meets(Entry other) {
      boolean yields = other.plain || !plain;
      if (yields && (rival == null || (other.plain && !rival.plain))) {
        rival = other;
      }
    }
  }

  private final Scope scope;

  /** All products that the node sees. */
  public EnvRenderer() {
    this.scope = Scope.ALL;
  }

  /**
   * One product; the file's name is {@code services_PRODUCT.env}.
   *
   * @throws IllegalArgumentException for an illegal name
   */
  public EnvRenderer(String product) {
    this.scope = Scope.of(product);
  }

  @Override
  public String fileName() {
    return scope.fileName("services", ".env");
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return scope.sameInstances(before, now);
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    out.header();
    for (Entry entry : entries(snapshot)) {
      if (entry.rival != null) {
        out.ascii("# ").ascii(entry.service).ascii(" is left out: a variable of ");
        out.ascii(entry.rival.service).ascii(" has the same name\n");
      } else {
        variables(entry, out);
      }
    }
  }

  private static void variables(Entry entry, Utf8Buffer out) {
    List<Instance> instances = entry.instances;
    out.ascii(entry.variable);
    for (int i = 0; i < instances.size(); i++) {
      Instance instance = instances.get(i);
      out.ascii(i == 0 ? '=' : ',').endpoint(instance.addr(), instance.port());
    }
    Instance first = instances.get(0);
    out.ascii('\n').ascii(entry.variable).ascii("__ADDR=").address(first.addr());
    out.ascii('\n').ascii(entry.variable).ascii("__PORT=").number(first.port());
    out.ascii('\n').ascii(entry.variable).ascii("__COUNT=").number(instances.size()).ascii('\n');
  }

  private List<Entry> entries(Snapshot snapshot) {
    List<Entry> entries = new ArrayList<>();
    Map<String, List<Entry>> owners = new HashMap<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        scope.products(snapshot).entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        Entry entry = new Entry(product.getKey(), service.getKey(), service.getValue());
        entries.add(entry);
        for (String suffix : SUFFIXES) {
          List<Entry> rivals =
              owners.computeIfAbsent(entry.variable + suffix, unused -> new ArrayList<>(1));
          for (Entry other : rivals) {
            other.meets(entry);
            entry.meets(other);
          }
          rivals.add(entry);
        }
      }
    }
    return entries;
  }

  private static boolean isPlain(String name) {
    boolean word = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!part && !(c == '-' && word)) {
        return false;
      }
      word = part;
    }
    return word;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
