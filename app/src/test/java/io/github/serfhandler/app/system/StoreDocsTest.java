package io.github.serfhandler.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.app.handlers.HandlersException;
import io.github.serfhandler.app.handlers.Stores;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page about a store of one's own shows code that is compiled here, and that works. */
@Timeout(60)
class StoreDocsTest {
  private static final Path PAGE = Path.of("..", "docs/how-to/follow-a-store-of-your-own.md");
  private static final Path SOURCES = Path.of("src/test/java/com/example/store");

  @TempDir Path temp;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer server = stopped();
  private volatile int status = 200;
  private volatile String body = "";

  private static HttpServer stopped() {
    try {
      return HttpServer.create();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void starts() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stops() {
    server.stop(0);
  }

  private ConfigSource open(String option) {
    Path jar =
        new UserJar(temp)
            .namingStores("com.example.store.HttpStoreProvider")
            .build(temp.resolve("http-store.jar"));
    Settings settings =
        SettingsLoader.load(Map.of(), Map.of("--handlers", jar.toString(), "--option", option));
    return Stores.open(settings, "http", (level, text) -> told.add(text));
  }

  private ConfigSource open() {
    return open("url=http://127.0.0.1:" + server.getAddress().getPort() + "/config.json");
  }

  /** Writes down what it is told. */
  private final class Feed implements SourceFeed, SourceListing {
    private final Runnable atEnd;

    Feed(Runnable atEnd) {
      this.atEnd = atEnd;
    }

    @Override
    public SourceListing list(String lineage) {
      told.add("list" + lineage);
      return this;
    }

    @Override
    public void found(List<SourceEntry> entries) {
      entries.forEach(
          entry -> told.add(entry + " " + entry.format().parse(bytes(entry)).compact()));
    }

    @Override
    public void unusable(String product, String key, String reason) {
      told.add("unusable");
    }

    @Override
    public void end(long revision) {
      told.add("end " + revision);
      atEnd.run();
    }

    @Override
    public void resumed() {
      told.add("resumed");
    }

    @Override
    public void changed(List<SourceEntry> entries) {
      told.add("changed");
    }

    @Override
    public void skipped(String name, String reason) {
      told.add("skipped " + name + " " + reason);
    }

    @Override
    public void standby(String reason) {
      told.add("standby");
    }
  }

  private static byte[] bytes(SourceEntry entry) {
    return entry.value().orElseThrow().bytes();
  }

  @Test
  void showsTheCodeThatIsCompiledHere() throws IOException {
    List<String> blocks = MarkdownBlocks.of(Files.readString(PAGE), "java");
    assertThat(blocks)
        .containsExactly(
            Files.readString(SOURCES.resolve("HttpStore.java")),
            Files.readString(SOURCES.resolve("HttpStoreProvider.java")));
  }

  @Test
  void showsSettingsThatCanBeRead() throws IOException {
    List<String> blocks = MarkdownBlocks.of(Files.readString(PAGE), "yaml");
    assertThat(blocks).hasSize(1);
    Path file = Files.writeString(temp.resolve("conf.yml"), blocks.get(0));
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--config", file.toString()));
    assertThat(settings.watchStore()).contains("http");
    assertThat(settings.watchOptions()).containsExactly("url=http://127.0.0.1:8080/config.json");
    assertThat(settings.handlerJars()).containsExactly(Path.of("/opt/fleet/http-store.jar"));
  }

  @Test
  void showsAnAnswerThatTheStoreReads() throws Exception {
    List<String> blocks = MarkdownBlocks.of(Files.readString(PAGE), "json");
    assertThat(blocks).hasSize(1);
    body = blocks.get(0);
    try (ConfigSource source = open()) {
      // Closed at the end of its first listing, so that it ends.
      source.follow(new Feed(source::close));
      assertThat(told)
          .containsExactly(
              "list",
              "shop/db revision 0 {\"host\":\"db1\",\"port\":3306}",
              "shop/web revision 0 {\"threads\":8}",
              "skipped note not of the pattern /PRODUCT/KEY",
              "end 0");
      assertThat(source.read("shop", "db").orElseThrow().name()).isEqualTo("shop/db");
      assertThat(source.read("shop", "other")).isEmpty();
    }
  }

  @Test
  void neverTakesAServerThatFailsForAnEmptyStore() throws Exception {
    body = "[]";
    try (ConfigSource source = open()) {
      assertThat(source.name()).isEqualTo("http://127.0.0.1");
      assertThatThrownBy(() -> source.follow(new Feed(() -> {})))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("expected an object, found an array");
      status = 500;
      assertThatThrownBy(() -> source.follow(new Feed(() -> {})))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("status 500");
      server.stop(0);
      assertThatThrownBy(() -> source.read("shop", "db"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("can not be read");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void saysWhichOptionItNeeds() {
    assertThatThrownBy(() -> open("other=1"))
        .isInstanceOf(HandlersException.class)
        .hasMessageContaining("the store http can not be opened: it needs --option=url=");
    assertThatThrownBy(() -> open("url=http:// x"))
        .isInstanceOf(HandlersException.class)
        .hasMessageContaining("no address");
  }
}
