package io.github.serfhandler.benchmarks;

import io.github.serfhandler.haproxy.HaproxyRenderer;
import io.github.serfhandler.haproxy.HaproxySettings;
import io.github.serfhandler.render.EnvRenderer;
import io.github.serfhandler.render.HostsRenderer;
import io.github.serfhandler.render.JsonRenderer;
import io.github.serfhandler.render.NginxRenderer;
import io.github.serfhandler.render.PrometheusRenderer;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.render.YamlRenderer;
import io.github.serfhandler.template.TemplateRenderer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stateless: one renderer of each format, by name. */
public final class Renderers {
  /** A template as users write them, of all services. */
  public static final String TEMPLATE =
      """
      {% for s in services() -%}
      backend {{ s.product }}_{{ s.name }}
      {% for i in s.instances -%}
      {{ "    " }}server {{ i.node }}:{{ i.port }} {{ i.hostport }} weight {{ i.weight }}
      {% endfor -%}
      {% endfor -%}
      """;

  private Renderers() {}

  /**
   * All of them.
   *
   * @param template a file that holds a template
   */
  public static Map<String, Renderer> all(Path template) {
    Map<String, Renderer> renderers = new LinkedHashMap<>();
    renderers.put("json", new JsonRenderer());
    renderers.put("yaml", new YamlRenderer());
    renderers.put("fakedhosts", new HostsRenderer(HostsRenderer.DEFAULT_SLOTS));
    renderers.put("hosts", HostsRenderer.block(HostsRenderer.DEFAULT_SLOTS));
    renderers.put("haproxy", new HaproxyRenderer(HaproxySettings.builder().build()));
    renderers.put("nginx", new NginxRenderer());
    renderers.put("prometheus", new PrometheusRenderer());
    renderers.put("env", new EnvRenderer());
    renderers.put("template", new TemplateRenderer(template));
    return renderers;
  }
}
