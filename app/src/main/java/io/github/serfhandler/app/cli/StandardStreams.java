package io.github.serfhandler.app.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stateless: the standard streams of this process and what is at their other end.
 *
 * <p>What is there is read from {@code /proc/self/fd}: {@code System.console()} cannot tell
 * standard output from standard error, and from JDK 22 on exists without any terminal. Where there
 * is no {@code /proc} nothing counts as a terminal, so that there is no colour.
 */
public final class StandardStreams {
  private StandardStreams() {}

  /**
   * Standard input. Empty where this process was started without any ({@code <&-}): the first file
   * that the JVM opens, one of its own, has the number 0 then.
   */
  public static InputStream in() {
    String end = otherEnd(0);
    boolean theJvms =
        end.endsWith("/lib/modules")
            || end.endsWith(".jar")
            || end.endsWith(".jsa")
            || end.endsWith(".aot");
    return theJvms ? InputStream.nullInputStream() : new FileInputStream(FileDescriptor.in);
  }

  /** Standard output. */
  public static Output out() {
    return new Output(new FileOutputStream(FileDescriptor.out));
  }

  /** Standard error. */
  public static Output err() {
    return new Output(new FileOutputStream(FileDescriptor.err));
  }

  /**
   * Whether standard output is a terminal that wants colour: {@code NO_COLOR} is unset or empty.
   */
  public static boolean outWantsColour(java.util.Map<String, String> environment) {
    String refusal = environment.getOrDefault("NO_COLOR", "");
    if (!refusal.isEmpty() || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return false;
    }
    return isTerminal(1);
  }

  /** Whether standard input is a terminal, so that reading it waits for someone to type. */
  public static boolean inIsTerminal() {
    return isTerminal(0);
  }

  /** Whether standard error is a terminal, so that progress may be shown there. */
  public static boolean errIsTerminal() {
    return isTerminal(2);
  }

  private static boolean isTerminal(int descriptor) {
    String end = otherEnd(descriptor);
    return end.startsWith("/dev/pts/") || end.startsWith("/dev/tty") || end.equals("/dev/console");
  }

  /**
   * Whether standard output is a pipe or a socket, so that a failed write means a closed reader.
   */
  static boolean outIsPipe() {
    String end = otherEnd(1);
    return end.startsWith("pipe:") || end.startsWith("socket:");
  }

  private static String otherEnd(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      // No /proc, or the descriptor is closed: nothing is known of it.
      return "";
    }
  }
}
