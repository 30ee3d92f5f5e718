package io.github.serfhandler.render;

import io.github.serfhandler.catalog.Instance;
import io.github.serfhandler.catalog.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Immutable: {@code nginx_upstreams.conf}, an {@code upstream} block for each service, for nginx's
 * {@code http} context. Its name is {@link ServiceName#of}, with {@code ~} and a small letter for a
 * capital one ({@code shop_~web}): nginx compares the names of upstreams without case, and refuses
 * a file with two that are equal so. Every server has its weight, as nginx takes 1 where none
 * stands; a weight of 0, which nginx refuses, is {@code down}. All servers of an upstream may be
 * down: nginx then answers 502.
 */
public final class NginxRenderer implements Renderer {
  private static final String FRAME =
      """
      error_log stderr;
      pid /dev/null;
      events { }
      http { include "{}"; }
      """;

  private final Scope scope;

  /** All products that the node sees. */
  public NginxRenderer() {
    this.scope = Scope.ALL;
  }

  /**
   * One product; the file's name is {@code nginx_upstreams_PRODUCT.conf}.
   *
   * @throws IllegalArgumentException for an illegal name
   */
  public NginxRenderer(String product) {
    this.scope = Scope.of(product);
  }

  /**
   * A whole configuration that includes the file, for {@code nginx -t -c}. It needs no root, and
   * touches neither the files of a running nginx nor their owners.
   *
   * @param file the file that is to be checked
   * @throws IllegalArgumentException where nginx could not be told to include it: {@code include}
   *     takes {@code *}, {@code ?} and {@code [} for a pattern, and a pattern that matches no file
   *     would pass every check; its message is one line with a remedy
   */
  public static String checkFrame(Path file) {
    String text = file.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || "\"\\*?[".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "nginx can not include a file whose path holds U+"
                + Integer.toHexString(0x10000 | c).substring(1)
                + ", character "
                + (i + 1)
                + "; choose a path without control characters and \" \\ * ? [");
      }
    }
    return FRAME.replace("{}", text);
  }

  @Override
  public String fileName() {
    return scope.fileName("nginx_upstreams", ".conf");
  }

  @Override
  public boolean stands(Snapshot before, Snapshot now) {
    return scope.sameTags(before, now);
  }

  @Override
  public void render(Snapshot snapshot, Utf8Buffer out) {
    SortedMap<String, SortedMap<String, List<Instance>>> products = scope.products(snapshot);
    out.header();
    for (Map.Entry<String, SortedMap<String, List<Instance>>> product : products.entrySet()) {
      for (Map.Entry<String, List<Instance>> service : product.getValue().entrySet()) {
        String name = ServiceName.caseless(product.getKey(), service.getKey());
        out.ascii("upstream ").ascii(name).ascii(" {\n");
        for (Instance instance : service.getValue()) {
          int weight = snapshot.offer(product.getKey(), service.getKey(), instance).weight();
          out.ascii("    server ").endpoint(instance.addr(), instance.port());
          if (weight == 0) {
            out.ascii(" down;\n");
          } else {
            out.ascii(" weight=").number(weight).ascii(";\n");
          }
        }
        out.ascii("}\n");
      }
    }
  }
}
