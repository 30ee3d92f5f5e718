package io.github.serfhandler.app.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.source.ConfigSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
  private static final String OPEN = "return new Own(options + \" \" + format + \" \" + layout);";

  @TempDir Path temp;

  private final List<String> log = new ArrayList<>();

  private Settings settings(String options, Object... jars) {
    StringBuilder paths = new StringBuilder();
    for (Object jar : jars) {
      paths.append(':').append(jar);
    }
    return SettingsLoader.load(
        Map.of(), Map.of("--handlers", paths.toString(), "--option", options, "--values", "yaml"));
  }

  private ConfigSource open(String name, String options, Object... jars) {
    return Stores.open(settings(options, jars), name, (level, text) -> log.add(level + " " + text));
  }

  private void assertRefused(String name, String options, List<Path> jars, String... texts) {
    assertThatThrownBy(() -> open(name, options, jars.toArray()))
        .isInstanceOf(HandlersException.class)
        .hasMessageContainingAll(texts)
        .message()
        .doesNotContain("\n", "hunter2");
  }

  /** A provider that calls itself and opens as the two bodies say. */
  private static String provider(String type, String name, String open) {
    return """
    import io.github.serfhandler.source.*;
    import java.util.*;
    public class %s implements ConfigSourceProvider {
      public static class Own implements ConfigSource {
        private final String name;
        public Own(String name) { this.name = name; }
        @Override public String name() { return name; }
        @Override public void follow(SourceFeed feed) {}
        @Override public Optional<SourceEntry> read(String product, String key) {
          return Optional.empty();
        }
        @Override public void close() {}
      }
      @Override public String name() { %s }
      @Override public ConfigSource open(
          Map<String, String> options, ValueFormat format, KeyLayout layout) { %s }
    }
    """
        .formatted(type, name, open);
  }

  private UserJar userJar(String type, String name, String open) {
    return new UserJar(temp).with(type, provider(type, name, open)).namingStores(type);
  }

  private Path jar(String type, String store) {
    return userJar(type, "return \"" + store + "\";", OPEN).build(temp.resolve(type + ".jar"));
  }

  private Path jar(String name, String open, String file) {
    return userJar("A", name, open).build(temp.resolve(file));
  }

  @Test
  void opensTheStoreOfANameWithItsOptions() {
    Path consul = jar("Consul", "consul");
    Path other = jar("Other", "other");
    try (ConfigSource source = open("consul", "url=http://127.0.0.1:1/?a=b,c", other, consul)) {
      assertThat(source.name()).isEqualTo("{url=http://127.0.0.1:1/?a=b,c} YAML /PRODUCT/KEY");
    }
    assertThat(log).isEmpty();
  }

  @Test
  void takesSeveralOptionsAndEmptyOnes() {
    try (ConfigSource source = open("a", "one=1\ntwo=", jar("A", "a"))) {
      assertThat(source.name()).startsWith("{").contains("one=1", "two=").endsWith("/PRODUCT/KEY");
    }
  }

  @Test
  void namesTheStoresThatThereAre() {
    assertRefused(
        "consul", "", List.of(jar("A", "a"), jar("B", "b")), "no store \"consul\"", "are: a, b");
  }

  @Test
  void saysWhereAProviderIsNamed() {
    Path library = new UserJar(temp).withFile("x", "y").build(temp.resolve("lib.jar"));
    assertRefused(
        "consul",
        "",
        List.of(library),
        "no store \"consul\"",
        "META-INF/services/io.github.serfhandler.source.ConfigSourceProvider");
    assertRefused("consul", "", List.of(), "handlers.jars is empty", "--handlers");
  }

  @Test
  void refusesAnOptionThatStandsTwice() {
    assertRefused(
        "a", "url=hunter2\nurl=b", List.of(jar("A", "a")), "watch.options", "\"url\" stands twice");
  }

  @Test
  void refusesTwoStoresOfOneName() {
    Path one = jar("A", "same");
    Path two = jar("B", "same");
    assertRefused("same", "", List.of(one, two), one.toString(), two.toString(), "\"same\"");
  }

  @Test
  void refusesAProviderWithoutAName() {
    for (String body :
        List.of("return null;", "return \"\";", "return \"a b\";", "return \"a\".repeat(64);")) {
      Path jar = jar(body, OPEN, "a.jar");
      assertRefused("a", "", List.of(jar), jar.toString(), "no name that can be used");
    }
  }

  @Test
  void tellsInOneLineThatAProviderThrows() {
    String bug = "throw new IllegalStateException(\"bug\\nhere\");";
    Path jar = jar(bug, OPEN, "a.jar");
    assertRefused("a", "", List.of(jar), "provider A of " + jar, "bug\\nhere", "mend it");
    jar = jar("return \"a\";", bug, "b.jar");
    assertRefused("a", "", List.of(jar), "provider A of " + jar, "failed to open", "bug\\nhere");
    jar = jar("return \"a\";", "return null;", "c.jar");
    assertRefused("a", "", List.of(jar), "opened nothing");
  }

  @Test
  void tellsWhatTheProviderSaysOfItsOptions() {
    Path jar = jar("return \"a\";", "throw new IllegalArgumentException(\"needs url\");", "a.jar");
    assertThatThrownBy(() -> open("a", "", jar))
        .isInstanceOf(HandlersException.class)
        .hasMessage("the store a can not be opened: needs url");
  }

  @Test
  void refusesAClassThatIsNoProvider() {
    Path jar =
        new UserJar(temp)
            .with("Other", "public class Other {}")
            .namingStores("Other")
            .build(temp.resolve("other.jar"));
    assertRefused("a", "", List.of(jar), "ConfigSourceProvider; implement it");
    Path gone = new UserJar(temp).namingStores("Gone").build(temp.resolve("gone.jar"));
    assertRefused(
        "a", "", List.of(gone), "in none of the jars", "services/io.github.serfhandler.source");
  }

  @Test
  void refusesAProviderWhoseLibraryIsMissing() {
    Path jar = userJar("A", "return \"a\";", OPEN).without("A$Own").build(temp.resolve("a.jar"));
    assertRefused("a", "", List.of(jar), "NoClassDefFoundError");
  }

  @Test
  void letsAJarBringHandlersAndStores() {
    Path jar =
        userJar("A", "return \"a\";", OPEN)
            .with(
                "H",
                "import io.github.serfhandler.handler.*;\n"
                    + "public class H implements HandlerProvider {\n"
                    + "  public void register(SerfHandlerProxy proxy) {\n"
                    + "    proxy.register(\"web\", new SerfHandler() {});\n"
                    + "  }\n"
                    + "}\n")
            .naming("H")
            .build(temp.resolve("both.jar"));
    try (ConfigSource source = open("a", "", jar)) {
      assertThat(source.name()).startsWith("{}");
    }
    assertThat(Handlers.load(settings("", jar), List.of(), (level, text) -> log.add(text)).roles())
        .contains("web");
    assertThat(log).noneMatch(line -> line.contains("none of the jars"));
  }

  @Test
  void warnsNotOfJarsThatBringStoresAlone() {
    Path jar = jar("A", "a");
    assertThat(Handlers.load(settings("", jar), List.of(), (level, text) -> log.add(text)).roles())
        .containsExactly("default");
    assertThat(log).isEmpty();
  }
}
