package io.github.serfhandler.app.handlers;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.source.ConfigSource;
import io.github.serfhandler.source.ConfigSourceProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Stateless: opens the stores that the user's jars bring along. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store of a name, with the options of {@code watch.options}; nothing is connected yet.
   *
   * @param name as its provider calls it
   * @param log receives what is odd
   * @throws HandlersException where no jar brings it or it can not be opened
   */
  public static ConfigSource open(
      Settings settings, String name, BiConsumer<System.Logger.Level, String> log) {
    if (settings.handlerJars().isEmpty()) {
      throw new HandlersException(
          "no store "
              + Printable.quoted(name)
              + ": handlers.jars is empty; name the jar with its provider (--handlers)");
    }
    List<JarProvider<ConfigSourceProvider>> jars =
        HandlerJars.providers(ConfigSourceProvider.class, settings.handlerJars(), log);
    Map<String, Found> found = new LinkedHashMap<>();
    for (int i = 0; i < jars.size(); i++) {
      Found next = Found.of(jars.get(i));
      Found other = found.putIfAbsent(next.name(), next);
      if (other != null) {
        throw new HandlersException(
            other.jar()
                + " and "
                + next.jar()
                + " have the same name, "
                + Printable.quoted(next.name())
                + "; take one of them out");
      }
    }
    Found chosen = found.get(name);
    if (chosen == null) {
      throw new HandlersException(
          "no store " + Printable.quoted(name) + " in the jars of handlers.jars; " + remedy(found));
    }
    return chosen.open(name, options(settings.watchOptions()), settings);
  }

  /** Immutable: a provider that was found, and how it calls itself. */
  private record Found(
      String name, ConfigSourceProvider provider, JarProvider<ConfigSourceProvider> jar) {

    static Found of(JarProvider<ConfigSourceProvider> jar) {
      ConfigSourceProvider provider = jar.make();
      @Nullable String name;
      try {
        name = provider.name();
      } catch (UnsupportedClassVersionError e) {
        throw HandlerJars.tooNew(jar.toString(), e);
      } catch (RuntimeException | LinkageError e) {
        throw new HandlersException(
            jar + " failed to tell its name: " + told(e) + "; mend it, or take it out", e);
      }
      if (name == null || !isName(name)) {
        throw new HandlersException(
            jar + " has no name that can be used; use letters, digits and . _ - alone");
      }
      return new Found(name, provider, jar);
    }

    ConfigSource open(String name, Map<String, String> options, Settings settings) {
      @Nullable ConfigSource source;
      try {
        source = provider.open(options, settings.watchValues(), settings.watchKeys());
      } catch (IllegalArgumentException e) {
        // For the user, as its contract says; the options are what he can mend.
        String message = e.getMessage();
        throw new HandlersException(
            "the store "
                + name
                + " can not be opened: "
                + (message == null ? told(e) : Printable.of(message)),
            e);
      } catch (UnsupportedClassVersionError e) {
        throw HandlerJars.tooNew(jar.toString(), e);
      } catch (RuntimeException | LinkageError e) {
        throw new HandlersException(jar + " failed to open: " + told(e) + "; mend it", e);
      }
      if (source == null) {
        throw new HandlersException(jar + " opened nothing; return a ConfigSource");
      }
      return source;
    }
  }

  /**
   * What {@code NAME=VALUE} says. An option that is given twice is refused: which of them was meant
   * depends on where it was given.
   */
  private static Map<String, String> options(List<String> texts) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      int at = texts.get(i).indexOf('=');
      if (at < 1) {
        throw new HandlersException("watch.options: an entry is not NAME=VALUE; write it so");
      }
      String name = texts.get(i).substring(0, at).strip();
      if (options.putIfAbsent(name, texts.get(i).substring(at + 1).strip()) != null) {
        throw new HandlersException(
            "watch.options: " + Printable.quoted(name) + " stands twice; leave one");
      }
    }
    return Map.copyOf(options);
  }

  private static String remedy(Map<String, Found> found) {
    if (found.isEmpty()) {
      return "none of them has a provider: name its class in "
          + HandlerJars.service(ConfigSourceProvider.class);
    }
    return "there are: " + String.join(", ", new ArrayList<>(found.keySet()));
  }

  private static String told(Throwable failure) {
    return Printable.of(Messages.of(failure));
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 63;
  }
}
