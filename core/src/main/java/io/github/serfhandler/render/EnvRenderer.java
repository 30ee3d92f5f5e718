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
 * SVC_PRODUCT_SERVICE} with all its instances, {@code ADDR:PORT} with {@code ,} between them;
 * {@code …_ADDR} and {@code …_PORT} of the first; and {@code …_COUNT}. The prefix keeps a product
 * {@code LD} with a service {@code PRELOAD} from being a variable that means something.
 *
 * <p>In a variable's name, letters are in upper case and all but letters and digits is {@code _}.
 * Services of which any two variables would have the same name are left out, and a comment says so.
 */
public final class EnvRenderer implements Renderer {
  private static final String[] SUFFIXES = {"", "_ADDR", "_PORT", "_COUNT"};

  /** A service; {@code rival} is one that has a variable of the same name. */
  private static final class Entry {
    final String service;
    final String variable;
    final List<Instance> instances;
    @Nullable Entry rival;

    Entry(String product, String service, List<Instance> instances) {
      this.service = product + "/" + service;
      this.variable = "SVC_" + upper(product) + "_" + upper(service);
      this.instances = instances;
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
    out.ascii('\n').ascii(entry.variable).ascii("_ADDR=").address(first.addr());
    out.ascii('\n').ascii(entry.variable).ascii("_PORT=").number(first.port());
    out.ascii('\n').ascii(entry.variable).ascii("_COUNT=").number(instances.size()).ascii('\n');
  }

  private List<Entry> entries(Snapshot snapshot) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Entry> owners = new HashMap<>();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        scope.products(snapshot).entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        Entry entry = new Entry(product.getKey(), service.getKey(), service.getValue());
        entries.add(entry);
        for (String suffix : SUFFIXES) {
          Entry owner = owners.putIfAbsent(entry.variable + suffix, entry);
          if (owner != null) {
            owner.rival = owner.rival == null ? entry : owner.rival;
            entry.rival = entry.rival == null ? owner : entry.rival;
          }
        }
      }
    }
    return entries;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
