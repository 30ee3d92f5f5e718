package io.github.serfhandler.source;

import java.util.Map;

/**
 * Makes the {@link ConfigSource} of a store of your own. Found in the jars of {@code handlers.jars}
 * as handlers are: the jar names its class in {@code
 * META-INF/services/io.github.serfhandler.source.ConfigSourceProvider}; it needs a public
 * constructor without arguments. Chosen by {@code serf-handler watch store NAME}, or by {@code
 * watch.store} for the agent.
 */
public interface ConfigSourceProvider {
  /** The name that chooses it, as {@code consul}: letters, digits, {@code . _ -}. */
  String name();

  /**
   * Makes it; called once, and nothing is connected yet.
   *
   * @param options what the user gave as {@code --option NAME=VALUE}
   * @param format how values are to be read ({@code watch.values})
   * @param layout how the store's keys are to be read ({@code watch.keys})
   * @throws IllegalArgumentException where an option is missing or can not be used; its message is
   *     one line for the user
   */
  ConfigSource open(Map<String, String> options, ValueFormat format, KeyLayout layout);
}
