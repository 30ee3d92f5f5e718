package io.github.serfhandler.handler;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Takes notices of files to a node's log. A class: the first lambda costs milliseconds. */
final class Warnings implements Consumer<String> {
  private final LocalNode node;

  Warnings(LocalNode node) {
    this.node = node;
  }

  @Override
  public void accept(String notice) {
    node.log(Level.WARNING, notice);
  }
}
