package io.github.serfhandler.etcd;

import io.github.serfhandler.source.KeyLayout;
import io.github.serfhandler.source.ValueFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What the tests of sources begin with. */
final class Sources {
  static final System.Logger LOG = System.getLogger("etcd-test");

  private Sources() {}

  static EtcdSettings settings(URI... endpoints) {
    return new EtcdSettings(
        Arrays.asList(endpoints),
        List.of(""),
        KeyLayout.DEFAULT,
        ValueFormat.JSON,
        Optional.empty(),
        EtcdSettings.Tls.DEFAULT,
        false,
        "node1");
  }

  static EtcdSettings prefixes(EtcdSettings from, String... prefixes) {
    return new EtcdSettings(
        from.endpoints(),
        List.of(prefixes),
        from.layout(),
        from.format(),
        from.user(),
        from.tls(),
        from.lock(),
        from.node());
  }

  static EtcdSettings locked(EtcdSettings from, String node) {
    return new EtcdSettings(
        from.endpoints(),
        from.prefixes(),
        from.layout(),
        from.format(),
        from.user(),
        from.tls(),
        true,
        node);
  }

  static EtcdSettings user(EtcdSettings from, String name, String password) {
    return new EtcdSettings(
        from.endpoints(),
        from.prefixes(),
        from.layout(),
        from.format(),
        Optional.of(new EtcdSettings.User(name, password)),
        from.tls(),
        from.lock(),
        from.node());
  }

  static EtcdSettings tls(EtcdSettings from, EtcdSettings.Tls tls) {
    return new EtcdSettings(
        from.endpoints(),
        from.prefixes(),
        from.layout(),
        from.format(),
        from.user(),
        tls,
        from.lock(),
        from.node());
  }

  static EtcdSource source(EtcdSettings settings) {
    return new EtcdSource(settings, new Random(), LOG, System::nanoTime);
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }
}
