package io.github.serfhandler.app.cli;

import io.github.serfhandler.app.settings.Setting;
import java.io.IOException;
import java.util.List;

/**
 * A command: what its help says and what it does. An object is made when its command is called or
 * its help is asked for, so that no command pays for the classes of another.
 */
public interface Command {
  /** What one types. */
  String name();

  /** What it does, in a line without a full stop. */
  String summary();

  /** What it does, in lines of at most 80 characters. */
  String description();

  /** The names of its arguments for the usage line, as {@code [PRODUCT]}; empty for none. */
  default String arguments() {
    return "";
  }

  /** The most arguments that it takes. */
  default int maxArguments() {
    return 0;
  }

  /** Its options that are no settings. */
  List<Option<?>> options();

  /** The settings that can be given as its flags. */
  List<Setting<?>> settings();

  /** Uses of it, the commonest first. */
  List<Example> examples();

  /**
   * Does the work.
   *
   * @return an exit status, see {@link ExitStatus}
   * @throws FailedException when it cannot, for a reason that one line tells
   * @throws UsageException when arguments do not fit together
   * @throws IOException as {@link FailedException}
   * @throws InterruptedException when it was told to stop
   */
  int run(Invocation invocation) throws IOException, InterruptedException;
}
