package io.github.serfhandler.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.source.ConfigSourceProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar as a user builds it, compiled by the test; confined to the test. */
public final class UserJar {
  private static final String SERVICE = "META-INF/services/" + HandlerProvider.class.getName();

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final Path folder;

  /** A jar that is built in a folder of its own below this one. */
  public UserJar(Path parent) {
    try {
      this.folder = Files.createTempDirectory(parent, "build");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles a class of no package and adds it with those inside it. */
  public UserJar with(String name, String source) {
    try {
      Path file = Files.writeString(folder.resolve(name + ".java"), source);
      Path classes = Files.createTempDirectory(folder, "classes");
      List<String> args = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
      args.addAll(List.of("-cp", System.getProperty("java.class.path"), "-proc:none"));
      args.add(file.toString());
      int status =
          ToolProvider.getSystemJavaCompiler().run(null, null, null, args.toArray(String[]::new));
      assertThat(status).as("the compiler's status").isZero();
      try (Stream<Path> compiled = Files.list(classes)) {
        for (Path each : compiled.toList()) {
          entries.put(String.valueOf(each.getFileName()), Files.readAllBytes(each));
        }
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a class out again. */
  public UserJar without(String name) {
    assertThat(entries.remove(name + ".class")).as(name).isNotNull();
    return this;
  }

  /** Makes a class one for Java 99. */
  public UserJar forJava99(String name) {
    byte[] bytes = entries.getOrDefault(name + ".class", new byte[0]);
    assertThat(bytes).as(name).isNotEmpty();
    // The major version of a class file.
    bytes[7] = 44 + 99 - 256;
    return this;
  }

  /** Names the providers. */
  public UserJar naming(String... lines) {
    return withFile(SERVICE, String.join("\n", lines));
  }

  /** Names the providers of stores. */
  public UserJar namingStores(String... lines) {
    return withFile(
        "META-INF/services/" + ConfigSourceProvider.class.getName(), String.join("\n", lines));
  }

  /** Adds any file. */
  public UserJar withFile(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Writes the jar. */
  public Path build(Path jar) {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
