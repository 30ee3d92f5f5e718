package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.config.Applied;
import io.github.serfhandler.config.ConfigRecord;
import io.github.serfhandler.config.ConfigStore;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.Head;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.config.Revision;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * This node's own copy of the configuration, in the configuration directory. Confined to the main
 * thread; safe beside the resident agent, which has the same directory.
 */
public final class LocalCopy {
  /** How updates that come in here are called in the history. */
  private static final String ORIGIN = "publish";

  private final Settings settings;
  private final FileStore files;
  private final ConfigStore store;

  private LocalCopy(Settings settings, Consumer<String> notices) {
    this.settings = settings;
    this.files = Wiring.store(notices);
    this.store = Wiring.configStore(settings, notices);
  }

  /** The copy in the directory that the settings name; what should be known is told on stderr. */
  public static LocalCopy of(Invocation invocation) {
    return new LocalCopy(
        invocation.settings(),
        notice -> invocation.err().line("serf-handler: warning: " + Printable.of(notice)));
  }

  /** The store itself. */
  ConfigStore store() {
    return store;
  }

  /** The newest revision of a key, of its file where there is no record; empty where neither is. */
  public Optional<ShortRevision> newest(KeyName name) throws InterruptedException {
    Optional<ConfigRecord> record = store.record(name.product(), name.key());
    Optional<Revision> newest =
        record.isPresent()
            ? Optional.of(record.get().newest().revision())
            : unmanaged(name).map(ConfigUpdate::revision);
    return newest.map(ShortRevision::of);
  }

  /**
   * What is known of a key.
   *
   * @throws FailedException where nothing is
   */
  ConfigRecord record(KeyName name) throws InterruptedException {
    Optional<ConfigRecord> record = store.record(name.product(), name.key());
    if (record.isEmpty()) {
      throw new FailedException(
          "there is no record of "
              + name
              + " in "
              + shown(settings.confDir())
              + "; see: serf-handler config list, and --conf-dir");
    }
    return record.get();
  }

  /**
   * One version of a key, of several of the same number the newest.
   *
   * @throws FailedException where it is not known here
   */
  Head version(ConfigRecord record, long version) {
    for (Head head : record.versions()) {
      if (head.revision().version() == version) {
        return head;
      }
    }
    throw new FailedException(
        "version "
            + version
            + " of "
            + record.product()
            + "/"
            + record.key()
            + " is not kept here; see: serf-handler config history "
            + record.product()
            + " "
            + record.key());
  }

  /**
   * The content of a version; empty of a deletion.
   *
   * @throws FailedException where it is not kept
   */
  Optional<JsonObject> content(ConfigRecord record, Revision revision) throws InterruptedException {
    if (revision.deleted()) {
      return Optional.empty();
    }
    Optional<JsonObject> content = store.content(record.product(), record.key(), revision);
    if (content.isEmpty()) {
      throw new FailedException(
          "the content of "
              + record.product()
              + "/"
              + record.key()
              + " "
              + revision
              + " is not kept any more; config.history says how many are");
    }
    return content;
  }

  /**
   * What a file says that has no record yet; empty where there is none, or it is no configuration.
   */
  Optional<ConfigUpdate> unmanaged(KeyName name) {
    Optional<byte[]> bytes = fileBytes(name);
    try {
      return bytes.map(found -> ConfigUpdate.ofFile(name.product(), name.key(), found));
    } catch (RejectedException e) {
      // Whoever surveys the product hears that it is broken; it counts as older than everything.
      return Optional.empty();
    }
  }

  /** The bytes of a key's file; empty where there is none. */
  Optional<byte[]> fileBytes(KeyName name) {
    Path file = file(name);
    // Never open what is no regular file: opening a pipe waits for its other end.
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? files.read(file, ConfigUpdate.MAX_FILE_BYTES)
        : Optional.empty();
  }

  /** Where people and programs read a key. */
  Path file(KeyName name) {
    return settings.confDir().resolve(name.product()).resolve(name.key() + ".json");
  }

  /**
   * Takes an update before it is announced, so that others can fetch it here.
   *
   * @throws FailedException where this node does not belong to the product, or can not take it
   */
  public void take(ConfigUpdate update, Fleet fleet) throws InterruptedException {
    boolean subscribed =
        settings.products().isPresent()
            ? settings.products().get().contains(update.product())
            : fleet.of(update.product()).contains(fleet.self());
    if (!subscribed) {
      throw new FailedException(
          "cannot publish "
              + update
              + ": it is too long for gossip, and this node does not belong to "
              + update.product()
              + ", so that others could not fetch it here; publish it on a node of "
              + update.product());
    }
    try {
      Applied ignored = Wiring.replica(settings, store).receive(update, ORIGIN);
    } catch (RejectedException e) {
      throw new FailedException("cannot publish " + update + ": " + e.reason(), e);
    }
  }

  static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
