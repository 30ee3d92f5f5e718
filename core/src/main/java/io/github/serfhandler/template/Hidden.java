package io.github.serfhandler.template;

import java.util.List;

/**
 * Stands before a variable that the library brings and nobody needs: its own objects, the text of
 * which differs from run to run. Whoever uses it hears that there is no such variable.
 */
record Hidden(String name) {
  static final List<String> NAMES = List.of("template", "locale", "_context");

  TemplateMistake unknown() {
    return new TemplateMistake(Failures.unknownVariable(name));
  }

  @Override
  public String toString() {
    throw unknown();
  }
}
