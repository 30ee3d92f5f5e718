package io.github.serfhandler.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The mass-loss guard's memory as the bytes of a file, so that an agent that restarts in the middle
 * of a partition, or {@code members} run by cron, knows what was there before.
 *
 * <p>UTF-8 text, one record a line, tabs between the fields. A {@code service} line names the
 * service that the lines after it belong to; addresses are hexadecimal, times milliseconds since
 * 1970. Lost instances are {@code failed} or {@code vanished}, and {@code held} or {@code
 * vanished-held} where the view shows them still; the {@code wave} line is {@link LossWave}. In
 * node names a backslash, control characters and lone surrogates are written as {@code \}{@code
 * uXXXX}. The last line counts the others, so that a file cut short is known as such:
 *
 * <pre>
 * serf-handler-guard 1
 * service  product1  web
 * alive    test3     7f000024  8080
 * held     test4     7f000025  8080  1767225600000
 * wave     1  1767225600000  1767225600000  0
 * end      5
 * </pre>
 */
public final class GuardStateFile {
  /** Longer files are not read: 16 MiB, some 300,000 instances. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  static final String HEADER = "serf-handler-guard 1";

  private GuardStateFile() {}

  /**
   * What a file gave.
   *
   * @param state the memory; {@link GuardState#EMPTY} where the file cannot be used
   * @param problem why it cannot be used, one line; empty where it can
   */
  public record Loaded(GuardState state, Optional<String> problem) {}

  /** The file's bytes; equal states give equal bytes. */
  public static byte[] encode(GuardState state) {
    return new GuardStateWriter().write(state).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a file's bytes. Never throws: a file that is not exactly right is not used at all. */
  public static Loaded decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return unusable("longer than " + MAX_BYTES + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return unusable("not UTF-8");
    }
    try {
      return new Loaded(new GuardStateReader(text).read(), Optional.empty());
    } catch (GuardStateReader.Malformed e) {
      return unusable(e.reason());
    }
  }

  private static Loaded unusable(String reason) {
    return new Loaded(GuardState.EMPTY, Optional.of("the guard's memory is not usable: " + reason));
  }
}
