package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.View;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.OutputPass;
import io.github.serfhandler.output.RenderedFile;
import io.github.serfhandler.render.RenderException;
import io.github.serfhandler.render.Utf8Buffer;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For nodes with a load balancer, or any other program that reads files of the services: keeps
 * these files beside those of the {@link ConsumerHandler}, has each checked before it replaces the
 * old one, and has its reader told or reloaded, once for all files that share a reload and never
 * for an event that changes nothing. Confined to one call at a time, as every handler.
 *
 * <p>A file that its check refuses stays as it is, and the call fails with the reason. A reload
 * that failed, was interrupted, or whose process ended in the middle of it, is made again at the
 * next member event, whatever that is. So that the next process knows of it too (Serf forks one for
 * each event), an empty file {@code .serf-handler/reload-...} is in the configuration directory
 * while one is owed.
 *
 * <p>Nothing waits for more changes here: where many events come at once, files in the settings
 * ({@code files.render}), which the resident agent keeps by itself, are the better place.
 */
public class BalancedConsumerHandler extends ConsumerHandler {
  private final List<FileSpec> files;
  private final @Nullable Reload reload;

  /**
   * A handler that keeps these files, which no other handler and no setting keeps.
   *
   * @throws IllegalArgumentException where two have one path; its message is one line with a remedy
   */
  public BalancedConsumerHandler(FileSpec... files) {
    this(List.of(files), null);
  }

  /** A handler that keeps no more files than a {@link ConsumerHandler}, and then reloads. */
  public BalancedConsumerHandler(Reload reload) {
    this(List.of(), reload);
  }

  private BalancedConsumerHandler(List<FileSpec> files, @Nullable Reload reload) {
    this.files = List.copyOf(files);
    this.reload = reload;
    OutputPass.requireSound(this.files);
  }

  @Override
  void passed(PassResult result) throws Exception {
    if (files.isEmpty()) {
      return;
    }
    FileStore store = new FileStore(Clock.systemUTC(), new Warnings(node()));
    List<String> failures = new ArrayList<>();
    for (FileSpec file : files) {
      try {
        if (file.isPlain()) {
          io.github.serfhandler.store.Outcome unused =
              new RenderedFile(file, store).show(result.snapshot(), new Utf8Buffer());
        }
      } catch (RenderException | StoreException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    failures.addAll(OutputPass.run(files, store, node().confDir(), result.snapshot()).failures());
    if (!failures.isEmpty()) {
      throw new HandlerException(String.join("; ", failures));
    }
  }

  @Override
  boolean isOwed() {
    return reload != null && new OwedReload(node(), name()).isOwed();
  }

  @Override
  protected void servicesChanged(View view) throws Exception {
    if (reload == null) {
      return;
    }
    OwedReload owed = new OwedReload(node(), name());
    owed.begin();
    reload.reload(view);
    owed.end();
  }
}
