package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code fakedhosts.txt}, lines as in {@code /etc/hosts}. Each service has a fixed
 * number of slots, and each slot exactly one line, {@code ADDR<TAB>svc-PRODUCT-SERVICE-SLOT}: slot
 * i holds instance i modulo their number, so that few instances appear several times and those
 * beyond the slots not at all. Ports do not appear.
 */
public final class HostsRenderer implements Renderer {
  /** The number of slots where nothing else is set. */
  public static final int DEFAULT_SLOTS = 4;

  /** The largest number of slots. */
  public static final int MAX_SLOTS = 256;

  private final int slots;

  /**
   * Renders so many slots for each service.
   *
   * @throws IllegalArgumentException where {@code slots} is not 1 to 256
   */
  public HostsRenderer(int slots) {
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException("the number of slots must be 1 to 256, not " + slots);
    }
    this.slots = slots;
  }

  @Override
  public String fileName() {
    return "fakedhosts.txt";
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return before.view().products().equals(now.view().products());
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product :
        snapshot.view().products().entrySet()) {
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
