package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code fakedhosts.txt}, or a block of a real {@code hosts} file: lines as in {@code
 * /etc/hosts}. Each service has a fixed number of slots, and each slot exactly one line, {@code
 * ADDR<TAB>svc-PRODUCT-SERVICE-SLOT}: slot i holds instance i modulo their number, so that few
 * instances appear several times and those beyond the slots not at all. Ports do not appear.
 */
public final class HostsRenderer implements Renderer {
  /** The number of slots where nothing else is set. */
  public static final int DEFAULT_SLOTS = 4;

  /** The largest number of slots. */
  public static final int MAX_SLOTS = 256;

  private final int slots;
  private final String fileName;
  private final Scope scope;

  /**
   * Renders so many slots for each service.
   *
   * @throws IllegalArgumentException where {@code slots} is not 1 to 256
   */
  public HostsRenderer(int slots) {
    this(slots, "fakedhosts.txt", Scope.ALL);
  }

  private HostsRenderer(int slots, String fileName, Scope scope) {
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException("the number of slots must be 1 to 256, not " + slots);
    }
    this.slots = slots;
    this.fileName = fileName;
    this.scope = scope;
  }

  /**
   * The same lines for a block of a real {@code hosts} file, see {@link ManagedBlock}.
   *
   * @throws IllegalArgumentException where {@code slots} is not 1 to 256
   */
  public static HostsRenderer block(int slots) {
    return new HostsRenderer(slots, "hosts", Scope.ALL);
  }

  /**
   * Those of one product, for a block of a real {@code hosts} file.
   *
   * @throws IllegalArgumentException where {@code slots} is not 1 to 256, or for an illegal name
   */
  public static HostsRenderer block(int slots, String product) {
    return new HostsRenderer(slots, "hosts", Scope.of(product));
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return scope.sameInstances(before, now);
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        scope.products(snapshot).entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        List<Instance> instances = service.getValue();
        for (int slot = 0; slot < slots; slot++) {
          Instance instance = instances.get(slot % instances.size());
          out.address(instance.addr()).ascii("\tsvc-").ascii(product.getKey());
          out.ascii('-').ascii(service.getKey()).ascii('-').number(slot).ascii('\n');
        }
      }
    }
  }
}
