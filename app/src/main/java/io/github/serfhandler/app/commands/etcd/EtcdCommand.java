package io.github.serfhandler.app.commands.etcd;

import io.github.serfhandler.app.cli.Command;
import io.github.serfhandler.app.cli.CommonSettings;
import io.github.serfhandler.app.cli.Example;
import io.github.serfhandler.app.cli.ExitStatus;
import io.github.serfhandler.app.cli.Invocation;
import io.github.serfhandler.app.cli.Option;
import io.github.serfhandler.app.settings.Setting;
import io.github.serfhandler.app.settings.SettingsTable;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.config.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code etcd}: what {@code etcdctl} runs for each change. {@code etcdctl watch} (v3) ends for good
 * when its command fails, so that a change that can never be published is ignored, with status 0.
 */
public final class EtcdCommand implements Command {
  /** A call that needs no etcd. */
  static final String BY_HAND =
      "ETCD_WATCH_ACTION=set ETCD_WATCH_KEY=/product1/security ETCD_WATCH_MODIFIED_INDEX=1"
          + " ETCD_WATCH_VALUE='{\"user\":\"test\"}' serf-handler etcd";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Supplier<WatchVariables> variables;
  private final Supplier<String> watcher;
  private final Patience patience;

  /** Reads the environment of this process. */
  public EtcdCommand() {
    this(
        WatchVariables::ofProcess,
        WatchProcess::find,
        new Patience(LIMIT, System::nanoTime, Thread::sleep));
  }

  /** With another environment, another {@code etcdctl} and another patience. */
  EtcdCommand(Supplier<WatchVariables> variables, Supplier<String> watcher, Patience patience) {
    this.variables = variables;
    this.watcher = watcher;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public String summary() {
    return "publishes one change of etcd, as the command of etcdctl watch";
  }

  @Override
  public String description() {
    return """
        Publishes the change of one key in etcd, which etcdctl tells in the environment
        (ETCD_WATCH_*, of v2 and v3). Prints "propagated", or "ignored" where it can never be
        published: the reason is told on standard error, and the status is 0, so that the
        watch goes on. An agent that is away is waited for, up to 30 s; status 1 then.
        What changes while etcdctl does not run is lost.""";
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return CommonSettings.talkingAnd(
        SettingsTable.CONF_DIR,
        SettingsTable.PRODUCTS,
        SettingsTable.ETCD_PREFIXES,
        SettingsTable.WATCH_KEYS,
        SettingsTable.WATCH_VALUES,
        SettingsTable.WATCH_DELETES,
        SettingsTable.CONFIG_TRUSTED,
        SettingsTable.SIGNING_KEY_FILE,
        SettingsTable.EVENT_LIMIT,
        SettingsTable.QUERY_LIMIT);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "For all keys /PRODUCT/KEY, with etcd's v3",
            "ETCDCTL_API=3 etcdctl watch --prefix / -- serf-handler etcd"),
        new Example(
            "The same with etcd's v2",
            "ETCDCTL_API=2 etcdctl exec-watch --recursive / -- serf-handler etcd"),
        new Example(
            "Keys /config/PRODUCT/KEY, and deletions, too",
            "ETCDCTL_API=3 etcdctl watch --prefix /config/ -- serf-handler etcd --prefix=/config/"
                + " --deletes=on"),
        new Example(
            "Try it by hand",
            "ETCD_WATCH_ACTION=set ETCD_WATCH_KEY=/shop/db ETCD_WATCH_MODIFIED_INDEX=1"
                + " ETCD_WATCH_VALUE={} serf-handler etcd"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    WatchVariables told = variables.get();
    String key = WatchedChange.name(told);
    String word = "propagated";
    try {
      ConfigUpdate update = KeyMapping.update(WatchedChange.read(told), invocation.settings());
      Attempt attempt = new Attempt(invocation, watcher.get());
      patience.run(
          update.toString(),
          () -> attempt.send(update),
          failure -> tell(invocation, "warning: " + failure));
    } catch (RejectedException e) {
      tell(invocation, "ignored " + Printable.quoted(key) + ": " + e.reason());
      word = "ignored";
    }
    invocation.out().line(word);
    return ExitStatus.DONE;
  }

  private static void tell(Invocation invocation, String text) {
    invocation.err().lineNow("serf-handler: " + Printable.of(text));
  }
}
