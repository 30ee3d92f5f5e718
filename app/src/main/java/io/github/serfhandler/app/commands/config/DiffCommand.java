package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.cli.StandardStreams;
import io.github.serfhandler.app.cli.UsageException;
import io.github.serfhandler.app.settings.BadValueException;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.text.LineDiff;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Head;
import io.github.serfhandler.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code config diff}: shows what differs between two versions of a key. */
final class DiffCommand implements Command {
  static final Option<Boolean> FILE =
      Option.ofSwitch("--file", "compare the newest version with the file, which someone edited");

  @Override
  public String name() {
    return "config diff";
  }

  @Override
  public String summary() {
    return "shows what differs between two versions of a key";
  }

  @Override
  public String description() {
    return """
        Prints what differs between two versions of a key that this node keeps, as a
        unified diff of their contents: the version before and the newest, version V1 and
        the newest, or V1 and V2. With --file: the newest version and the file as it is on
        the disk, where someone edited it. Prints nothing where they are equal; the exit
        status is 0 either way.""";
  }

  @Override
  public String arguments() {
    return "PRODUCT KEY [V1 [V2]]";
  }

  @Override
  public int maxArguments() {
    return 4;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(FILE);
  }

  @Override
  public List<Setting<?>> settings() {
    return ConfigCommands.LOCAL;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("What the newest version has changed", "serf-handler config diff shop db"),
        new Example("What has changed since version 12", "serf-handler config diff shop db 12"),
        new Example(
            "What someone has edited in the file", "serf-handler config diff shop db --file"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    KeyName name = KeyName.of(invocation);
    List<String> arguments = invocation.arguments();
    boolean file = invocation.value(FILE);
    if (file && arguments.size() > 2) {
      throw new UsageException("--file compares the newest version; leave the versions out");
    }
    Optional<Long> first = version(arguments, 2);
    Optional<Long> second = version(arguments, 3);
    LocalCopy local = LocalCopy.of(invocation);
    ConfigRecord record = local.record(name);
    List<String> diff =
        file
            ? ofFile(name, local, record)
            : ofVersions(
                local,
                record,
                first.isPresent() ? local.version(record, first.get()) : before(name, record),
                second.isPresent() ? local.version(record, second.get()) : record.newest());
    // The program's own environment: only colours hang on it.
    boolean colour = StandardStreams.outWantsColour(System.getenv());
    for (String line : colour ? LineDiff.coloured(diff) : diff) {
      invocation.out().line(line);
    }
    return ExitStatus.DONE;
  }

  private static Optional<Long> version(List<String> arguments, int index) {
    if (arguments.size() <= index) {
      return Optional.empty();
    }
    String text = arguments.get(index);
    try {
      return Optional.of(new VersionType().parse(text));
    } catch (BadValueException e) {
      throw new UsageException(Printable.quoted(text) + " " + e.getMessage());
    }
  }

  private static Head before(KeyName name, ConfigRecord record) {
    if (record.versions().size() < 2) {
      throw new FailedException(
          "this node keeps one version of "
              + name
              + " alone, "
              + record.newest().revision().version()
              + ", so that there is nothing to compare it with");
    }
    return record.versions().get(1);
  }

  private static List<String> ofVersions(LocalCopy local, ConfigRecord record, Head old, Head next)
      throws InterruptedException {
    return LineDiff.of(
        title(record, old),
        lines(local.content(record, old.revision())),
        title(record, next),
        lines(local.content(record, next.revision())));
  }

  /** All of the file is compared, as it is: what is no configuration shows, too. */
  private static List<String> ofFile(KeyName name, LocalCopy local, ConfigRecord record)
      throws InterruptedException {
    Head newest = record.newest();
    Optional<JsonObject> content = local.content(record, newest.revision());
    String published = "";
    if (content.isPresent()) {
      ConfigUpdate update =
          new ConfigUpdate(name.product(), name.key(), newest.revision().version(), content.get());
      published = new String(update.fileBytes(), StandardCharsets.UTF_8);
    }
    Optional<byte[]> bytes = local.fileBytes(name);
    String text = bytes.isPresent() ? new String(bytes.get(), StandardCharsets.UTF_8) : "";
    return LineDiff.of(
        title(record, newest),
        published.lines().toList(),
        LocalCopy.shown(local.file(name)),
        text.lines().map(Printable::of).toList());
  }

  private static String title(ConfigRecord record, Head head) {
    return record.product() + "/" + record.key() + " " + head.revision();
  }

  private static List<String> lines(Optional<JsonObject> content) {
    return content.isPresent() ? content.get().indented().lines().toList() : List.of();
  }
}
