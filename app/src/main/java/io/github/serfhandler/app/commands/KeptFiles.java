package io.github.serfhandler.app.commands;

import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.discovery.FollowListener;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.Outputs;
import io.github.serfhandler.output.OutputsFile;
import io.github.serfhandler.store.FileStore;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a resident command that are checked, waited for or reloaded: follows its passes, and
 * tells in {@code files.json} how they stand. Confined to the follower's thread.
 */
final class KeptFiles implements FollowListener, AutoCloseable {
  private final Outputs outputs;
  private final OutputsFile file;
  private final boolean any;

  private KeptFiles(Outputs outputs, OutputsFile file, boolean any) {
    this.outputs = outputs;
    this.file = file;
    this.any = any;
  }

  /** Keeps those of the files that are not plain. */
  static KeptFiles start(List<FileSpec> files, FileStore store, Path confDir) {
    System.Logger log = System.getLogger(Outputs.class.getPackageName());
    boolean any = false;
    for (FileSpec spec : files) {
      any |= !spec.isPlain();
    }
    return new KeptFiles(
        Outputs.start(files, store, confDir, log),
        new OutputsFile(store, confDir, log, System::nanoTime),
        any);
  }

  @Override
  public void reached() {}

  @Override
  public void lost(SerfException reason, boolean wasReachable) {
    // The files stay as they are.
  }

  @Override
  public void passed(PassResult result) {
    outputs.offer(result.snapshot());
  }

  /** Tells how they stand; cheap where nothing has changed, and nothing where there are none. */
  void writeStatus() {
    if (any) {
      file.write(outputs.status());
    }
  }

  @Override
  public void close() {
    outputs.close();
    writeStatus();
  }
}
