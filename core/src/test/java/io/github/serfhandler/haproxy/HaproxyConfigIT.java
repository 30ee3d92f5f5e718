package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.testkit.HaproxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real HAProxy judges what is rendered. */
class HaproxyConfigIT {
  @TempDir private Path dir;

  @ParameterizedTest
  @EnumSource(Balance.class)
  void takesEveryAlgorithm(Balance balance) throws IOException {
    accepts(settings().balance(balance).build(), Sights.mixed());
  }

  @Test
  void takesAnEmptyCluster() throws IOException {
    accepts(settings().build(), Sights.of());
  }

  @Test
  void takesOneProductAndHttp() throws IOException {
    accepts(
        HaproxySettings.builder()
            .product("shop")
            .mode(HaproxySettings.Mode.HTTP)
            .binds(
                List.of(
                    Bind.parse("web=127.0.0.1:8080", Optional.of("shop")),
                    Bind.parse("later=[::1]:8081", Optional.of("shop"))))
            .build(),
        Sights.mixed());
  }

  @Test
  void takesAThousandServers() throws IOException {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      members.add(
          Sights.alive(
              "\u0000" + i + "é".repeat(i % 300),
              "10.2." + i / 250 + "." + (i % 250 + 1),
              "svc=shop/web:80"));
    }
    accepts(settings().slots(1000).build(), Sights.of(members));
  }

  @Test
  void takesTheUsersOwnHeadWithFrontendsOfItsOwn() throws IOException {
    Path head = dir.resolve("head");
    Files.writeString(
        head,
        """
        global
            maxconn 100
            stats socket %s mode 660 level admin
        defaults
            timeout connect 1s
            timeout client 1s
            timeout server 1s
        frontend own
            bind 127.0.0.1:8082
            # é
            default_backend shop_web"""
            .formatted(dir.resolve("s")));
    HaproxySettings settings = settings().head(head).build();
    accepts(settings, Sights.mixed());
    assertThat(Sights.render(settings, Sights.mixed())).containsOnlyOnce("stats socket");
  }

  private HaproxySettings.Builder settings() {
    return HaproxySettings.builder()
        .socket(dir.resolve("s"))
        .binds(
            List.of(
                Bind.parse("shop/web=*:8080", Optional.empty()),
                Bind.parse("shop/web=[::]:8083", Optional.empty()),
                Bind.parse("blog/unseen=127.0.0.1:8081", Optional.empty())));
  }

  private void accepts(HaproxySettings settings, Snapshot snapshot) throws IOException {
    Path file = dir.resolve("haproxy.cfg");
    Files.writeString(file, Sights.render(settings, snapshot));
    assertThat(HaproxyProcess.check(file)).isEmpty();
  }
}
