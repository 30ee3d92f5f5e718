package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.catalog.Names;
import java.util.List;

/**
 * Immutable: which piece of configuration a command is about.
 *
 * @param product a legal name
 * @param key a legal name
 */
public record KeyName(String product, String key) {
  /**
   * The first two arguments of a command.
   *
   * @throws UsageException where they are not there or not legal
   */
  static KeyName of(Invocation invocation) {
    List<String> arguments = invocation.arguments();
    if (arguments.size() < 2) {
      throw new UsageException("a product and a key are needed, as in: shop db");
    }
    return new KeyName(legal("product", arguments.get(0)), legal("key", arguments.get(1)));
  }

  /**
   * Passes a legal name through.
   *
   * @throws UsageException where it is none
   */
  static String legal(String what, String name) {
    try {
      return Names.requireLegal(what, name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return product + "/" + key;
  }
}
