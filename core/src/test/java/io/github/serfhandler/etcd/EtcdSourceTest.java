package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EtcdSourceTest {
  private static final URI ONE = URI.create("http://127.0.0.1:1");
  private static final URI OTHER = URI.create("http://127.0.0.1:2");

  private static String identity(EtcdSettings settings) {
    try (EtcdSource source = Sources.source(settings)) {
      return source.identity();
    }
  }

  @Test
  void isKnownByItsKeysAndNotByItsServers() {
    EtcdSettings settings = Sources.prefixes(Sources.settings(ONE), "/a");

    assertThat(identity(settings))
        .matches("etcd [0-9a-f]{16}")
        .isEqualTo(identity(Sources.prefixes(Sources.settings(ONE, OTHER), "/a/")))
        .isEqualTo(identity(Sources.locked(settings, "node2")))
        .isNotEqualTo(identity(Sources.prefixes(settings, "/a/b")));
  }
}
