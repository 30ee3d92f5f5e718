package io.github.serfhandler.app.wiring;

import io.github.serfhandler.app.settings.FileSetting;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsException;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.haproxy.HaproxyLive;
import io.github.serfhandler.haproxy.HaproxyRenderer;
import io.github.serfhandler.haproxy.HaproxySettings;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.OutputPass;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stateless: makes specs of the files that the settings name. */
final class WiredFiles {
  private WiredFiles() {}

  /**
   * All files that are kept: those that every consumer knows, unless they are turned off, and those
   * of the setting; one of the first kind gives way to one of the second with the same path.
   *
   * @throws SettingsException where two of the setting have one path
   */
  static List<FileSpec> of(Settings settings) {
    List<FileSetting> named = settings.files();
    if (named.isEmpty()) {
      return settings.defaultFiles() ? defaults(settings) : List.of();
    }
    Map<Path, FileSpec> files = new LinkedHashMap<>();
    if (settings.defaultFiles()) {
      for (FileSpec file : defaults(settings)) {
        files.put(place(file), file);
      }
    }
    List<FileSpec> specs;
    try {
      specs = named.stream().map(file -> spec(file, settings)).toList();
      OutputPass.requireSound(specs);
    } catch (IllegalArgumentException e) {
      String origin = settings.origin(SettingsTable.FILES_RENDER) + ": ";
      throw new SettingsException(List.of(origin + e.getMessage()));
    }
    for (FileSpec spec : specs) {
      files.put(place(spec), spec);
    }
    return List.copyOf(files.values());
  }

  private static Path place(FileSpec file) {
    return file.path().toAbsolutePath().normalize();
  }

  private static List<FileSpec> defaults(Settings settings) {
    return FileSpec.plain(
        settings.confDir(),
        new JsonRenderer(),
        new YamlRenderer(),
        new HostsRenderer(settings.hostsSlots()));
  }

  private static FileSpec spec(FileSetting file, Settings settings) {
    Renderer renderer = renderer(file, settings);
    Path path = file.path().orElse(settings.confDir().resolve(renderer.fileName()));
    FileSpec.Builder spec = FileSpec.of(path, renderer).access(file.access());
    switch (file.format()) {
      case HOSTS -> spec.block();
      case NGINX -> {
        if (file.check().isPresent()) {
          String unused = NginxRenderer.checkFrame(path.toAbsolutePath());
          spec.checkFrame(NginxRenderer::checkFrame);
        }
      }
      case HAPROXY -> {
        HaproxySettings haproxy = haproxy(file);
        if (haproxy.socket().isPresent()) {
          spec.live(new HaproxyLive(haproxy));
        }
      }
      default -> {
        // Nothing more.
      }
    }
    file.check().ifPresent(spec::check);
    file.reload().ifPresent(spec::reload);
    file.waits().ifPresent(spec::waits);
    if (!file.logOutput()) {
      spec.keepOutput();
    }
    return spec.build();
  }

  private static Renderer renderer(FileSetting file, Settings settings) {
    Optional<String> product = file.product();
    return switch (file.format()) {
      case JSON -> new JsonRenderer();
      case YAML -> new YamlRenderer();
      case FAKEDHOSTS -> new HostsRenderer(settings.hostsSlots());
      case HOSTS ->
          product.isPresent()
              ? HostsRenderer.block(settings.hostsSlots(), product.get())
              : HostsRenderer.block(settings.hostsSlots());
      case HAPROXY -> new HaproxyRenderer(haproxy(file));
      case NGINX -> product.isPresent() ? new NginxRenderer(product.get()) : new NginxRenderer();
      case PROMETHEUS ->
          product.isPresent() ? new PrometheusRenderer(product.get()) : new PrometheusRenderer();
      case ENV -> product.isPresent() ? new EnvRenderer(product.get()) : new EnvRenderer();
      case TEMPLATE -> template(file);
    };
  }

  private static HaproxySettings haproxy(FileSetting file) {
    return file.haproxy().orElseGet(() -> HaproxySettings.builder().build());
  }

  private static Renderer template(FileSetting file) {
    return new TemplateRenderer(
        file.template()
            .orElseThrow(() -> new IllegalStateException("a template without its file")));
  }
}
