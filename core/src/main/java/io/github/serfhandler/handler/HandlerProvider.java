package io.github.serfhandler.handler;

/**
 * What a user's jar offers: the handlers of a fleet, for all roles in one place. Found as {@link
 * java.util.ServiceLoader} does: the jar names its class in {@code
 * META-INF/services/io.github.serfhandler.handler.HandlerProvider}; it needs a public constructor
 * without arguments.
 */
@FunctionalInterface
public interface HandlerProvider {
  /** Registers its handlers; called once, before the first event. */
  void register(SerfHandlerProxy proxy);
}
