package io.github.serfhandler.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is there from before a file is replaced until its readers have reloaded, so that the
 * next process knows of a reload that this one owes. Confined to one thread.
 *
 * <p>It holds a random word of who wrote it last, and only that one removes it: where two processes
 * replace files at once, the reload of the first does not settle what the second owes.
 */
final class OwedMark {
  private static final int NAME_BYTES = 8;
  private static final int MOST_BYTES = 64;

  private final FileStore store;
  private final Path file;
  private final Tools.Voice voice;
  private Optional<byte[]> word = Optional.empty();

  /** The mark of a reload. */
  OwedMark(Tools tools, Program reload) {
    this.store = tools.store();
    this.file = tools.ownFolder().resolve("reload-files-" + name(reload));
    this.voice = tools.voice();
  }

  /** Whether one is owed, by whomsoever; if so, it is this one's from now on. */
  boolean takeOver() {
    try {
      word = store.read(file, MOST_BYTES);
      return word.isPresent();
    } catch (StoreException e) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS); // Rather once too often.
    }
  }

  /** A file is about to be replaced. Where that can not be noted it is replaced all the same. */
  void begin() {
    byte[] fresh = Long.toHexString(ThreadLocalRandom.current().nextLong()).getBytes(UTF_8);
    try {
      store.write(file, ByteBuffer.wrap(fresh));
      word = Optional.of(fresh);
    } catch (StoreException e) {
      voice.say(
          Level.WARNING, "a reload that is owed cannot be noted for a crash: " + e.getMessage());
    }
  }

  /** Nothing is owed any more. */
  void end() {
    if (word.isEmpty()) {
      return;
    }
    try {
      Optional<byte[]> now = store.read(file, MOST_BYTES);
      if (now.isPresent() && Arrays.equals(now.get(), word.get())) {
        Files.deleteIfExists(file);
      }
      word = Optional.empty();
    } catch (StoreException | IOException e) {
      voice.say(
          Level.WARNING,
          "cannot remove "
              + file
              + ", so that each start reloads: "
              + e.getMessage()
              + "; remove it");
    }
  }

  /** The same for the same command, so that it is found after a restart. */
  private static String name(Program reload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String argument : reload.argv()) {
        add(digest, argument);
      }
      for (Map.Entry<String, String> variable : new TreeMap<>(reload.environment()).entrySet()) {
        add(digest, variable.getKey() + "=" + variable.getValue());
      }
      if (reload.directory().isPresent()) {
        add(digest, reload.directory().get().toString());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0); // Which no argument holds.
  }
}
