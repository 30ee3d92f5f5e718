package io.github.serfhandler.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Writes files in a process of its own, which a test can put anywhere and kill at any time. */
final class StoreProbe {
  /** The contents that {@code loop} writes in turn: so many of a letter. */
  static final List<byte[]> CONTENTS = List.of(of('a', 300_000), of('b', 1_000), of('c', 170_001));

  private StoreProbe() {}

  static byte[] of(char letter, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) letter);
    return bytes;
  }

  /**
   * {@code write FILE LETTER COUNT} prints the outcome; {@code own FILE OWNER GROUP} and {@code
   * stage FILE LETTER COUNT} give a mode too; {@code loop FILE} goes on until killed.
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    FileStore store =
        new FileStore(Clock.systemUTC(), notice -> System.out.println("notice: " + notice));
    Path file = Path.of(args[1]);
    try {
      if (args[0].equals("write")) {
        byte[] bytes = of(args[2].charAt(0), Integer.parseInt(args[3]));
        System.out.println(store.write(file, bytes));
      }
      if (args[0].equals("own")) {
        Access access =
            new Access(OptionalInt.of(0640), Optional.of(args[2]), Optional.of(args[3]));
        System.out.println(store.write(file, ByteBuffer.wrap(of('x', 2)), access));
      }
      if (args[0].equals("stage")) {
        byte[] bytes = of(args[2].charAt(0), Integer.parseInt(args[3]));
        Access access = new Access(OptionalInt.of(0604), Optional.empty(), Optional.empty());
        try (Candidate candidate =
            store.stage(file, ByteBuffer.wrap(bytes), access, true).orElseThrow()) {
          Path path = candidate.path();
          System.out.println(path.getParent() + " " + Files.readString(path));
          candidate.commit();
        }
      }
      for (int i = 0; args[0].equals("loop"); i++) {
        store.write(file, CONTENTS.get(i % CONTENTS.size()));
        if (i == 0) {
          System.out.println("started");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StoreException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }

  /** The command line that runs this class in a Java of its own. */
  static List<String> command(String... args) {
    return commandOf(place(FileStore.class) + ":" + place(StoreProbe.class), args);
  }

  /**
   * The same with a copy of the classes, for a user who may not pass through the folders above this
   * checkout, as where it lies under /root.
   *
   * @param classes a folder that this user may read; made here
   */
  static List<String> commandFrom(Path classes, String... args) throws IOException {
    String inside = StoreProbe.class.getPackageName().replace('.', '/');
    Path copies = Files.createDirectories(classes.resolve(inside));
    Path jar = classes.resolve("main.jar");
    for (Class<?> type : List.of(FileStore.class, StoreProbe.class)) {
      Path place = Path.of(place(type));
      if (Files.isRegularFile(place)) {
        Files.copy(place, jar);
        continue;
      }
      try (DirectoryStream<Path> originals =
          Files.newDirectoryStream(place.resolve(inside), "*.class")) {
        for (Path original : originals) {
          Files.copy(original, copies.resolve(original.getFileName()));
        }
      }
    }
    return commandOf(classes + ":" + jar, args);
  }

  private static List<String> commandOf(String classPath, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classPath,
                StoreProbe.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** Runs a command to its end and gives what it printed; fails where it does not end. */
  static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IOException("still running: " + command);
      }
      return process.exitValue() == 0
          ? output
          : String.format(Locale.ROOT, "status %d: %s", process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
