package io.github.serfhandler.haproxy;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Immutable: {@code haproxy.cfg}, a complete configuration for HAProxy 2.4 and newer, with a
 * backend for each service, or {@code haproxy_PRODUCT.cfg} with those of one product.
 *
 * <p>A service that has a frontend keeps it, and its backend, while it is not seen: HAProxy then
 * answers 503 or closes the connection, and its port does not vanish.
 */
public final class HaproxyRenderer implements Renderer {
  private final HaproxySettings settings;

  /** With these settings. */
  public HaproxyRenderer(HaproxySettings settings) {
    this.settings = settings;
  }

  @Override
  public String fileName() {
    return settings.product().isEmpty()
        ? "haproxy.cfg"
        : "haproxy_" + settings.product().get() + ".cfg";
  }

  @Override
  public void prepare() {
    Optional<String> unused = settings.head();
  }

  /** Distances do not count. */
  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return before.view().products().equals(now.view().products())
        && before.catalog().equals(now.catalog());
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    List<Backend> backends = Backend.all(settings, snapshot);
    out.ascii("# Written by serf-handler, which replaces it when the cluster changes.\n");
    out.raw(Frame.opening(settings).getBytes(StandardCharsets.UTF_8));
    out.ascii("\nglobal\n").ascii(Frame.socket(settings));
    out.ascii("    setenv ").ascii(Frame.VARIABLE).ascii(' ');
    out.ascii(Frame.shape(settings, backends)).ascii('\n');
    out.ascii(Frame.frontends(settings, backends));
    for (Backend backend : backends) {
      out.ascii(Frame.backend(settings, backend));
      for (Backend.Server server : backend.servers()) {
        server(server, out);
      }
      out.ascii(Frame.spares(settings, backend));
    }
  }

  private static void server(Backend.Server server, Utf8Buffer out) {
    out.ascii("    server ").ascii(ServerName.of(server.instance())).ascii(' ');
    out.endpoint(server.instance().addr(), server.port());
    out.ascii(" weight ").number(server.weight());
    out.ascii(server.checked() ? " check\n" : "\n");
  }
}
