package com.example.store;

import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.ConfigSourceProvider;
import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.ValueFormat;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Map;

/** Makes {@link HttpStore}s: {@code serf-handler watch store http --option=url=http://...}. */
public final class HttpStoreProvider implements ConfigSourceProvider {
  @Override
  public String name() {
    return "http";
  }

  @Override
  public ConfigSource open(Map<String, String> options, ValueFormat format, KeyLayout layout) {
    String url = options.getOrDefault("url", "");
    if (!url.startsWith("http://")) {
      throw new IllegalArgumentException("it needs --option=url=http://HOST:PORT/PATH");
    }
    try {
      return new HttpStore(URI.create(url).toURL(), format, layout);
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new IllegalArgumentException("its option url is no address; write http://HOST/PATH", e);
    }
  }
}
