package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Snapshot;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.output.Live.Standing;
import io.github.serfhandler.output.LiveException;
import io.github.serfhandler.testkit.HaproxyProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy between a client and small web servers, told of changes. */
class HaproxyLiveIT {
  @TempDir private Path dir;
  private final int port = HaproxyProcess.freePort();
  private final AtomicLong time = new AtomicLong();
  private final Site one = Site.start("127.0.0.1");
  private final Site two = Site.start("127.0.0.2");
  private HaproxySettings settings;
  private HaproxyLive live;
  private HaproxyProcess haproxy;

  @BeforeEach
  void starts() throws IOException {
    settings =
        HaproxySettings.builder()
            .socket(dir.resolve("s"))
            .slots(2)
            .binds(List.of(Bind.parse("shop/web=127.0.0.1:" + port, Optional.empty())))
            .build();
    live = new HaproxyLive(settings, Duration.ofSeconds(5), time::get);
    write(Sights.of());
    haproxy = HaproxyProcess.start(dir.resolve("cfg"), dir);
  }

  @AfterEach
  void ends() {
    haproxy.close();
    one.close();
    two.close();
  }

  @Test
  void fillsASlotAndDrainsItWithoutAReload() throws Exception {
    Standing standing = live.bring(Sights.of(at(one)));
    assertThat(standing.needsReload()).isFalse();
    assertThat(standing.done()).isEqualTo("address 1, weight 1, ready 1");
    assertThat(get("/")).isEqualTo(one.host());
    assertThat(live.bring(Sights.of(at(one))).done()).isEmpty();

    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> get("/slow"));
    one.awaitSlow();
    Snapshot moved = Sights.of(left(one), at(two));
    standing = live.bring(moved);
    assertThat(standing.needsReload()).isFalse();
    assertThat(standing.again()).contains(Duration.ofSeconds(1));
    assertThat(get("/")).isEqualTo(two.host());
    assertThat(get("/")).isEqualTo(two.host());
    assertThat(live.bring(moved).done()).isEmpty();
    one.release();
    assertThat(slow.get()).isEqualTo(one.host());
    Awaitility.await()
        .until(() -> live.bring(moved).again().equals(Optional.of(Duration.ofSeconds(10))));
    assertThat(servers()).anyMatch(s -> s.isMaint() && s.addr().equals(one.host()));

    assertThat(live.bring(Sights.of(at(one), at(two))).done()).isEqualTo("weight 1, ready 1");
    assertThat(haproxy.loads()).isEqualTo(1);
  }

  @Test
  void takesTheSlotBackWhenTheTimeForDrainingIsOver() throws Exception {
    assertThat(live.bring(Sights.of(at(one))).needsReload()).isFalse();
    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> get("/slow"));
    one.awaitSlow();
    assertThat(live.bring(Sights.of(left(one))).done()).isEqualTo("weight 1, drain 1");
    assertThat(live.bring(Sights.of(left(one))).done()).isEmpty();
    time.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(live.bring(Sights.of(left(one))).done()).isEqualTo("maint 1");
    one.release();
    assertThat(slow.get()).isEqualTo(one.host());
  }

  @Test
  void takesFailedOnesOutAtOnceAndBringsThemBack() throws Exception {
    assertThat(live.bring(Sights.of(at(one), at(two))).needsReload()).isFalse();
    Standing standing = live.bring(Sights.of(Sights.failed("n1", one.host(), tag(one)), at(two)));
    assertThat(standing.done()).isEqualTo("weight 1, maint 1");
    assertThat(get("/")).isEqualTo(two.host());
    assertThat(live.bring(Sights.of(at(one), at(two))).done()).isEqualTo("weight 1, ready 1");
  }

  @Test
  void movesAServerToAnotherPortAndSetsItsWeight() throws Exception {
    assertThat(live.bring(Sights.of(at(one))).needsReload()).isFalse();
    try (Site other = Site.start(one.host())) {
      Snapshot moved = Sights.of(Sights.alive("n1", other.host(), tag(other), "shop.web.weight=7"));
      assertThat(live.bring(moved).needsReload()).isFalse();
      assertThat(get("/")).isEqualTo(other.host());
      assertThat(servers())
          .anyMatch(s -> s.port() == other.port() && s.weight() == 7 && !s.isMaint())
          .anyMatch(s -> s.port() == one.port() && s.isDrain() && s.weight() == 0);
    }
  }

  @Test
  void leavesWhatAnOperatorTookOutOfUse() throws Exception {
    assertThat(live.bring(Sights.of(at(one), at(two))).needsReload()).isFalse();
    Dialogue operator = new Dialogue(dir.resolve("s"), Duration.ofSeconds(5));
    Running server =
        servers().stream().filter(s -> s.addr().equals(one.host())).findFirst().orElseThrow();
    operator.take(List.of(new Step(Step.Kind.MAINT, server.path(), "")));
    Standing standing = live.bring(Sights.of(at(one), at(two)));
    assertThat(standing.done()).isEmpty();
    assertThat(standing.needsReload()).isFalse();
    assertThat(get("/")).isEqualTo(two.host());
  }

  @Test
  void asksForAReloadWhereSlotsOrTheShapeDoNotSuffice() throws Exception {
    Member third = Sights.alive("n3", "127.0.0.3", "svc=shop/web:1");
    Snapshot more = Sights.of(at(one), at(two), third);
    assertThat(live.bring(more).needsReload()).isTrue();
    write(more);
    assertThat(haproxy.reload()).isTrue();
    assertThat(live.bring(more).needsReload()).isFalse();

    Snapshot other = Sights.of(at(one), Sights.alive("n2", two.host(), "svc=shop/db:1"));
    assertThat(live.bring(other).needsReload()).isTrue();
    write(other);
    assertThat(haproxy.reload()).isTrue();
    assertThat(live.bring(other).needsReload()).isFalse();
  }

  @Test
  void putsTheStateBackAfterARestartWithAnOlderFile() throws Exception {
    assertThat(live.bring(Sights.of(at(one))).needsReload()).isFalse();
    haproxy.kill();
    assertThatThrownBy(() -> live.bring(Sights.of(at(one))))
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("check that it runs");
    haproxy.restart();
    Standing standing = live.bring(Sights.of(at(one)));
    assertThat(standing.needsReload()).isFalse();
    assertThat(standing.done()).isNotEmpty();
    assertThat(get("/")).isEqualTo(one.host());
  }

  @Test
  void givesUpOnASocketThatHangs() throws Exception {
    Path path = dir.resolve("f");
    HaproxySettings hung = HaproxySettings.builder().socket(path).build();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      assertThatThrownBy(
              () -> new HaproxyLive(hung, Duration.ofMillis(50), time::get).bring(Sights.of()))
          .isInstanceOf(LiveException.class)
          .hasMessageContaining("within 50 ms");
    }
  }

  private void write(Snapshot snapshot) throws IOException {
    Files.writeString(dir.resolve("cfg"), Sights.render(settings, snapshot));
  }

  private List<Running> servers() throws Exception {
    Dialogue dialogue = new Dialogue(dir.resolve("s"), Duration.ofSeconds(5));
    return Answers.servers(dialogue.ask("show servers state"));
  }

  private String get(String path) {
    return Site.get(port, path);
  }

  private static String tag(Site site) {
    return "svc=shop/web:" + site.port();
  }

  private Member at(Site site) {
    return Sights.alive(site == one ? "n1" : "n2", site.host(), tag(site));
  }

  private Member left(Site site) {
    return Sights.left(site == one ? "n1" : "n2", site.host(), tag(site));
  }
}
