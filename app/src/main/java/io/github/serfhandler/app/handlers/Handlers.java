package io.github.serfhandler.app.handlers;

import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.ConsumerHandler;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.Messages;
import io.github.serfhandler.handler.SerfHandlerProxy;
import io.github.serfhandler.script.ScriptHandler;
import io.github.serfhandler.script.ScriptSpec;
import java.util.List;
import java.util.function.BiConsumer;

/** Stateless: puts together the handlers of this process, the same for every way to run them. */
public final class Handlers {
  private Handlers() {}

  /**
   * The handlers: first those of {@code providers}, then those of the jars in the order of the
   * setting, the built-in ones for the role {@code default} where nothing of these is registered
   * for it, and last the scripts.
   *
   * @param providers what the program brings along
   * @param log receives what is odd, and at {@code DEBUG} what was found
   * @throws HandlersException where a jar or a provider can not be used
   */
  public static SerfHandlerProxy load(
      Settings settings,
      List<HandlerProvider> providers,
      BiConsumer<System.Logger.Level, String> log) {
    SerfHandlerProxy proxy = new SerfHandlerProxy();
    for (int i = 0; i < providers.size(); i++) {
      HandlerProvider provider = providers.get(i);
      register(proxy, provider, "the handlers of " + provider.getClass().getName(), log);
    }
    if (!settings.handlerJars().isEmpty()) {
      List<JarProvider<HandlerProvider>> found =
          HandlerJars.providers(HandlerProvider.class, settings.handlerJars(), log);
      for (int i = 0; i < found.size(); i++) {
        JarProvider<HandlerProvider> provider = found.get(i);
        register(proxy, provider.make(), provider.toString(), log);
      }
    }
    if (!proxy.roles().contains(SerfHandlerProxy.DEFAULT)) {
      builtIn(proxy);
    }
    // Not before: a script for every node adds to what a node does, and replaces none of it.
    List<ScriptSpec> scripts = settings.scripts();
    for (int i = 0; i < scripts.size(); i++) {
      proxy.register(scripts.get(i).role(), new ScriptHandler(scripts.get(i)));
    }
    return proxy;
  }

  /** What a node does where nobody said anything else. */
  private static void builtIn(SerfHandlerProxy proxy) {
    proxy.register(SerfHandlerProxy.DEFAULT, new ConsumerHandler());
    proxy.register(SerfHandlerProxy.DEFAULT, new ConfigHandler());
  }

  private static void register(
      SerfHandlerProxy proxy,
      HandlerProvider provider,
      String name,
      BiConsumer<System.Logger.Level, String> log) {
    int before = proxy.handlers().size();
    try {
      provider.register(proxy);
    } catch (UnsupportedClassVersionError e) {
      throw HandlerJars.tooNew(name, e);
    } catch (RuntimeException | LinkageError e) {
      throw new HandlersException(
          name + " failed to register: " + Messages.of(e) + "; mend it, or take it out", e);
    }
    int count = proxy.handlers().size() - before;
    if (count == 0) {
      log.accept(
          System.Logger.Level.WARNING,
          name + " registered no handler; call proxy.register in its method register");
    } else {
      log.accept(System.Logger.Level.DEBUG, name + " registered " + count);
    }
  }
}
