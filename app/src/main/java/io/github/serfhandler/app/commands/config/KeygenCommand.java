package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Failures;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.settings.PathType;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** {@code config keygen}: makes the keys of someone who publishes. */
final class KeygenCommand implements Command {
  static final Option<Path> OUT =
      Option.ofGiven("--out", new PathType("FILE"), "file of the private key (default: NAME.key)");

  @Override
  public String name() {
    return "config keygen";
  }

  @Override
  public String summary() {
    return "makes a pair of keys for signing what is published";
  }

  @Override
  public String description() {
    return """
        Makes a pair of Ed25519 keys. The private one is written to a file that its owner
        alone can read, and that must not be there yet; whoever has it can publish. The
        public one is printed: it belongs into config.trusted on every node. Once that has
        a key, the nodes take only what is signed. NAME is what history and logs call who
        signed.""";
  }

  @Override
  public String arguments() {
    return "NAME";
  }

  @Override
  public int maxArguments() {
    return 1;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(OUT);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SettingsTable.CONFIG, SettingsTable.LOG_LEVEL);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Keys for the operators", "serf-handler config keygen ops"),
        new Example(
            "Keys for the pipeline, where it keeps its secrets",
            "serf-handler config keygen ci --out=/etc/ci/serf-handler.key"));
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.arguments().isEmpty()) {
      throw new UsageException("the name of the key is needed, as in: config keygen ops");
    }
    String name = KeyName.legal("name", invocation.arguments().get(0));
    Path file = invocation.given(OUT).orElse(Path.of(name + ".key"));
    SigningKey.Pair pair = SigningKey.generate(name);
    write(file, pair.text());
    invocation.out().line(pair.publicKey().text());
    String shown = Printable.of(file.toString());
    invocation
        .err()
        .line("The private key is in " + shown + ": keep it secret, and a copy of it safe")
        .line("On every node, add the printed line to config.trusted (or --trusted), restart")
        .line("Then publish with: serf-handler config publish --signing-key=" + shown + " ...");
    return ExitStatus.DONE;
  }

  private static void write(Path file, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (bytes.hasRemaining()) {
        int ignored = channel.write(bytes);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new FailedException(
          Printable.of(file.toString())
              + ": is there already, and a key that someone trusts is never overwritten; give"
              + " --out another name",
          e);
    } catch (IOException e) {
      throw new FailedException(
          "cannot write the private key: " + Printable.of(Failures.describe(e)), e);
    }
  }
}
