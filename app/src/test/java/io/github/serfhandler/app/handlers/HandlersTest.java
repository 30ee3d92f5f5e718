package io.github.serfhandler.app.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.app.UserJar;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.settings.SettingsLoader;
import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.ConsumerHandler;
import io.github.serfhandler.handler.Handler;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.SerfHandler;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.script.ScriptHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlersTest {
  @TempDir Path temp;

  private final List<String> log = new ArrayList<>();

  private SerfHandlerProxy load(List<HandlerProvider> providers, Object... jars) {
    StringBuilder paths = new StringBuilder();
    for (Object jar : jars) {
      paths.append(':').append(jar);
    }
    Settings settings = SettingsLoader.load(Map.of(), Map.of("--handlers", paths.toString()));
    return Handlers.load(settings, providers, (level, text) -> log.add(level + " " + text));
  }

  private SerfHandlerProxy load(Object... jars) {
    return load(List.of(), jars);
  }

  private void assertRefused(Path jar, String... texts) {
    assertThatThrownBy(() -> load(jar))
        .isInstanceOf(HandlersException.class)
        .hasMessageContaining(jar.toString())
        .hasMessageContainingAll(texts)
        .message()
        .doesNotContain("\n");
  }

  /** A provider that does what {@code body} says. */
  private static String provider(String name, String body) {
    return """
    import io.github.serfhandler.handler.*;
    public class %s implements HandlerProvider {
      public static class Own extends SerfHandler {
        private final String name;
        public Own(String name) { this.name = name; }
        @Override public String name() { return name; }
      }
      @Override public void register(SerfHandlerProxy proxy) { %s }
    }
    """
        .formatted(name, body);
  }

  private Path jar(String name, String handler) {
    return new UserJar(temp)
        .with(name, provider(name, "proxy.register(\"web\", new Own(\"" + handler + "\"));"))
        .naming(name)
        .build(temp.resolve(name + ".jar"));
  }

  private static List<String> names(SerfHandlerProxy proxy) {
    return proxy.handlers().stream().map(Handler::name).toList();
  }

  @Test
  void registersTheBuiltInHandlerWhereNothingElseIs() {
    SerfHandlerProxy proxy = load();
    assertThat(proxy.roles()).containsExactly("default");
    assertThat(proxy.handlers())
        .hasExactlyElementsOfTypes(ConsumerHandler.class, ConfigHandler.class);
  }

  @Test
  void addsScriptsToTheBuiltInHandlers() {
    Settings settings =
        SettingsLoader.load(Map.of(), Map.of("--script", "user:deploy=/usr/local/bin/deploy"));
    SerfHandlerProxy proxy = Handlers.load(settings, List.of(), (level, text) -> {});
    assertThat(proxy.handlers())
        .hasExactlyElementsOfTypes(ConsumerHandler.class, ConfigHandler.class, ScriptHandler.class);
  }

  @Test
  void registersTheBuiltInHandlerBesideThoseOfOtherRoles() {
    assertThat(names(load(jar("Web", "web"))))
        .containsExactly("web", "ConsumerHandler", "ConfigHandler");
  }

  @Test
  void leavesTheRoleDefaultToWhoRegistersForIt() {
    Handler own = new SerfHandler() {};
    assertThat(load(List.of(proxy -> proxy.register("default", own))).handlers())
        .containsExactly(own);
  }

  @Test
  void registersTheProgramsOwnProvidersFirst() {
    Handler own = new SerfHandler() {};
    SerfHandlerProxy proxy =
        load(List.of(p -> p.register("web", own)), jar("B", "b"), jar("A", "a"));
    assertThat(names(proxy))
        .containsExactly(own.name(), "b", "a", "ConsumerHandler", "ConfigHandler");
  }

  @Test
  void takesTheJarsOfADirectoryByNameEachOnce() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("handlers"));
    for (String name : List.of("C", "A", "B")) {
      Files.move(jar(name, name), folder.resolve(name + ".jar"));
    }
    Files.writeString(folder.resolve("README"), "no jar");
    assertThat(names(load(folder.resolve("B.jar"), folder)))
        .containsExactly("B", "A", "C", "ConsumerHandler", "ConfigHandler");
  }

  @Test
  void acceptsAnEmptyDirectory() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("handlers"));
    assertThat(names(load(folder))).containsExactly("ConsumerHandler", "ConfigHandler");
    assertThat(log).containsExactly("DEBUG " + folder + ", of handlers.jars, holds no jar");
  }

  @Test
  void letsAJarUseTheClassesOfAnother() {
    String lib = "public class Lib { public static String name() { return \"lib\"; } }";
    Path library = new UserJar(temp).with("Lib", lib).build(temp.resolve("lib.jar"));
    Path jar =
        new UserJar(temp)
            .with("Lib", lib)
            .with(
                "Uses",
                provider(
                    "Uses",
                    "try { proxy.register(\"web\", new Own((String)"
                        + " Class.forName(\"Lib\").getMethod(\"name\").invoke(null))); } catch"
                        + " (ReflectiveOperationException e) { throw new"
                        + " IllegalStateException(e); }"))
            .without("Lib")
            .naming("# what we have", "", " Uses  # ours", "Uses")
            .build(temp.resolve("uses.jar"));
    assertThat(names(load(jar, library)))
        .containsExactly("lib", "ConsumerHandler", "ConfigHandler");
  }

  @Test
  void refusesAJarThatIsMissing() {
    assertRefused(temp.resolve("missing.jar"), "does not exist", "handlers.jars");
  }

  @Test
  void refusesAFileThatIsNoJar() throws IOException {
    assertRefused(Files.writeString(temp.resolve("text.jar"), "no zip"), "no jar");
    assertRefused(Files.createFile(temp.resolve("empty.jar")), "no jar");
  }

  @Test
  void refusesAJarThatWasCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(jar("Web", "web"));
    Path cut = temp.resolve("cut.jar");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(cut, "no jar or a broken one");
  }

  @Test
  void refusesAProviderThatIsNotThere() {
    Path jar = new UserJar(temp).naming("org.example.Gone").build(temp.resolve("gone.jar"));
    assertRefused(jar, "org.example.Gone", "in none of the jars", "META-INF/services");
  }

  @Test
  void refusesAProviderWhoseNameIsNone() {
    Path jar = new UserJar(temp).naming("../../etc passwd").build(temp.resolve("odd.jar"));
    assertRefused(jar, "in none of the jars");
  }

  @Test
  void refusesAProviderForANewerJava() {
    Path jar =
        new UserJar(temp)
            .with("New", provider("New", ""))
            .forJava99("New")
            .naming("New")
            .build(temp.resolve("new.jar"));
    assertRefused(
        jar, "New", "newer Java", "it is for 99", "--release " + Runtime.version().feature());
  }

  @Test
  void refusesAHandlerForANewerJava() {
    Path jar =
        new UserJar(temp)
            .with("New", provider("New", "proxy.register(\"web\", new Own(\"own\"));"))
            .forJava99("New$Own")
            .naming("New")
            .build(temp.resolve("new.jar"));
    assertRefused(jar, "newer Java", "it is for 99");
  }

  @Test
  void refusesAClassThatIsNoProvider() {
    Path jar =
        new UserJar(temp)
            .with("Other", "public class Other {}")
            .naming("Other")
            .build(temp.resolve("other.jar"));
    assertRefused(jar, "Other", "implement it");
  }

  @Test
  void refusesAProviderThatCanNotBeMade() {
    String[] sources = {
      "class A implements io.github.serfhandler.handler.HandlerProvider {"
          + " public void register(io.github.serfhandler.handler.SerfHandlerProxy p) {} }",
      "public abstract class A implements io.github.serfhandler.handler.HandlerProvider {}",
      "public class A implements io.github.serfhandler.handler.HandlerProvider { public A(int i) {}"
          + " public void register(io.github.serfhandler.handler.SerfHandlerProxy p) {} }"
    };
    for (String source : sources) {
      Path jar = new UserJar(temp).with("A", source).naming("A").build(temp.resolve("a.jar"));
      assertRefused(jar, "public constructor without arguments");
    }
  }

  @Test
  void refusesAProviderThatThrows() {
    String head = "public class A implements io.github.serfhandler.handler.HandlerProvider { ";
    String tail = " public void register(io.github.serfhandler.handler.SerfHandlerProxy p) {} }";
    String[] sources = {
      head + "public A() { throw new IllegalStateException(\"bug\"); }" + tail,
      head + "static { if (true) throw new IllegalStateException(\"bug\"); }" + tail,
      provider("A", "throw new IllegalStateException(\"bug\");")
    };
    for (String source : sources) {
      Path jar = new UserJar(temp).with("A", source).naming("A").build(temp.resolve("a.jar"));
      assertRefused(jar, "provider A", "IllegalStateException: bug");
    }
  }

  @Test
  void refusesAProviderWhoseLibraryIsMissing() {
    Path jar =
        new UserJar(temp)
            .with("A", provider("A", "proxy.register(\"web\", new Own(\"own\"));"))
            .without("A$Own")
            .naming("A")
            .build(temp.resolve("a.jar"));
    assertRefused(jar, "provider A", "NoClassDefFoundError: A$Own");
  }

  @Test
  void refusesARoleThatNoTagCanHold() {
    Path jar =
        new UserJar(temp)
            .with("A", provider("A", "proxy.register(\"a:b\", new Own(\"own\"));"))
            .naming("A")
            .build(temp.resolve("a.jar"));
    assertRefused(jar, "a role is not empty and holds no colon");
  }

  @Test
  void warnsOfAProviderThatRegistersNothing() {
    Path jar =
        new UserJar(temp).with("A", provider("A", "")).naming("A").build(temp.resolve("a.jar"));
    assertThat(names(load(jar))).containsExactly("ConsumerHandler", "ConfigHandler");
    assertThat(log).singleElement().asString().contains("provider A of " + jar, "no handler");
  }

  @Test
  void warnsOfJarsWithoutAnyProvider() {
    Path jar = new UserJar(temp).withFile("x", "y").build(temp.resolve("lib.jar"));
    assertThat(names(load(jar))).containsExactly("ConsumerHandler", "ConfigHandler");
    assertThat(log).singleElement().asString().startsWith(Level.WARNING + " none of the jars");
  }

  @Test
  void refusesAListOfProvidersWithoutEnd() {
    Path jar = new UserJar(temp).naming("#".repeat(70_000)).build(temp.resolve("long.jar"));
    assertRefused(jar, "is longer than 65536 bytes");
  }
}
