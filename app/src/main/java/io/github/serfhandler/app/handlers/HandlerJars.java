package io.github.serfhandler.app.handlers;

import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.source.ConfigSourceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Stateless: finds the providers that the user's jars name, in the files that {@link
 * java.util.ServiceLoader} reads. That one is not asked itself, because its errors do not say which
 * jar is to blame, it takes no notice of a path that is no jar, and it would find again what a
 * user's own program has on its class path.
 */
final class HandlerJars {
  private static final String SERVICES = "META-INF/services/";

  /** What a jar can have providers of; a jar with none of these has no effect. */
  private static final List<Class<?>> KINDS =
      List.of(HandlerProvider.class, ConfigSourceProvider.class);

  private static final int MAX_SERVICE_FILE = 64 * 1024;
  private static final int MAX_JARS = 1000;

  /** Java 1.1's class files have the version 45, and every later Java's one more. */
  private static final int OLDEST_CLASS_FILE = 44;

  private HandlerJars() {}

  /**
   * The providers of one kind, in the order of the jars and of the lines in them.
   *
   * @param kind what they implement, one of those that jars can have
   * @param places jars, and directories of which every {@code *.jar} is taken, by name
   * @throws HandlersException where one can not be read
   */
  static <T> List<JarProvider<T>> providers(
      Class<T> kind, List<Path> places, BiConsumer<System.Logger.Level, String> log) {
    List<Path> jars = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      add(places.get(i), jars, log);
    }
    if (jars.isEmpty()) {
      return List.of();
    }
    URL[] urls = new URL[jars.size()];
    List<List<String>> names = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < urls.length; i++) {
      Map<Class<?>, List<String>> named = named(jars.get(i));
      any |= !named.isEmpty();
      names.add(named.getOrDefault(kind, List.of()));
      urls[i] = url(jars.get(i));
    }
    // Never closed: the handlers load their classes as they need them, until the process ends.
    ClassLoader loader = new URLClassLoader(urls, HandlerJars.class.getClassLoader());
    List<JarProvider<T>> providers = new ArrayList<>();
    for (int i = 0; i < urls.length; i++) {
      for (String name : names.get(i)) {
        providers.add(new JarProvider<>(kind, jars.get(i), name, loader));
      }
    }
    if (!any) {
      log.accept(
          System.Logger.Level.WARNING,
          "none of the jars of handlers.jars names a provider, so they have no effect; name it in "
              + service(kind));
    }
    return providers;
  }

  /** The error for classes of a newer Java. */
  static HandlersException tooNew(String name, UnsupportedClassVersionError e) {
    return new HandlersException(
        name
            + " was built for a newer Java than this one, which is "
            + Runtime.version().feature()
            + needed(String.valueOf(e.getMessage()))
            + "; build it with --release "
            + Runtime.version().feature()
            + ", or run serf-handler on that Java (SERF_HANDLER_JAVA_HOME)",
        e);
  }

  /** What the JVM says, as {@code ... (class file version 69.0), ...}; empty where it does not. */
  private static String needed(String message) {
    String mark = "(class file version ";
    int from = message.indexOf(mark);
    int dot = from < 0 ? -1 : message.indexOf('.', from);
    if (dot < 0) {
      return "";
    }
    try {
      int version = Integer.parseInt(message.substring(from + mark.length(), dot));
      return " (it is for " + (version - OLDEST_CLASS_FILE) + ")";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static void add(
      Path place, List<Path> jars, BiConsumer<System.Logger.Level, String> log) {
    if (!Files.isDirectory(place)) {
      addOnce(place, jars);
      return;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.jar")) {
      for (Path file : files) {
        found.add(file);
        if (found.size() > MAX_JARS) {
          throw new HandlersException(
              place + " holds more than " + MAX_JARS + " jars; name a directory of handlers alone");
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new HandlersException(
          place + ", of handlers.jars, can not be read: " + e.getMessage() + "; permit it", e);
    }
    if (found.isEmpty()) {
      log.accept(System.Logger.Level.DEBUG, place + ", of handlers.jars, holds no jar");
    }
    Collections.sort(found);
    for (Path file : found) {
      addOnce(file, jars);
    }
  }

  private static void addOnce(Path jar, List<Path> jars) {
    if (!jars.contains(jar)) {
      jars.add(jar);
    }
  }

  /** The file in which a jar names its providers of a kind. */
  static String service(Class<?> kind) {
    return SERVICES + kind.getName();
  }

  /** The classes that a jar names as providers, by kind; a library beside them names none. */
  private static Map<Class<?>, List<String>> named(Path jar) {
    if (!Files.exists(jar)) {
      throw new HandlersException(
          jar + ", of handlers.jars, does not exist; put it there, or take it out of the setting");
    }
    if (!Files.isRegularFile(jar)) {
      throw new HandlersException(jar + ", of handlers.jars, is no file; name a jar");
    }
    Map<Class<?>, List<String>> named = new HashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (int i = 0; i < KINDS.size(); i++) {
        List<String> names = named(jar, zip, service(KINDS.get(i)));
        if (!names.isEmpty()) {
          named.put(KINDS.get(i), names);
        }
      }
      return named;
    } catch (ZipException e) {
      throw new HandlersException(
          jar
              + ", of handlers.jars, is no jar or a broken one ("
              + e.getMessage()
              + "); build it again, or take it out of the setting",
          e);
    } catch (IOException e) {
      throw new HandlersException(
          jar + ", of handlers.jars, can not be read: " + e.getMessage() + "; permit it", e);
    }
  }

  private static List<String> named(Path jar, ZipFile zip, String service) throws IOException {
    ZipEntry entry = zip.getEntry(service);
    if (entry == null) {
      return List.of();
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes(MAX_SERVICE_FILE + 1);
      if (bytes.length > MAX_SERVICE_FILE) {
        throw new HandlersException(
            jar + ": " + service + " is longer than " + MAX_SERVICE_FILE + " bytes; shorten it");
      }
      return names(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** The lines without comments, each once. */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int comment = line.indexOf('#');
      String name = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!name.isEmpty() && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      // A path of the file system always makes one.
      throw new IllegalStateException(jar.toString(), e);
    }
  }
}
