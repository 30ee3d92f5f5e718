package io.github.serfhandler.app.commands;

import io.github.serfhandler.app.cli.FailedException;
import io.github.serfhandler.app.cli.Output;
import io.github.serfhandler.app.settings.Settings;
import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.app.wiring.Wiring;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.SerfClient;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.discovery.Discovery;
import io.github.serfhandler.discovery.Notes;
import io.github.serfhandler.discovery.PassResult;
import io.github.serfhandler.discovery.RpcAgent;
import io.github.serfhandler.discovery.Vicinity;
import io.github.serfhandler.output.FileSpec;
import io.github.serfhandler.output.OutputPass;
import io.github.serfhandler.store.FileStore;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Stateless: one full pass, from the agent's members to the files. No logger is touched. */
final class OnePass {
  private OnePass() {}

  /**
   * Does the pass. Bad tags, and a node that shows nothing, are told on {@code err} only when a
   * file changed, and a hold of the mass-loss guard only when it begins: cron would mail them each
   * minute otherwise.
   *
   * @return whether a file changed
   * @throws FailedException where a file could not be written; the others are written
   */
  static boolean run(Settings settings, Output err) {
    PassResult result =
        pass(settings, "", text -> err.line("serf-handler: warning: " + Printable.of(text)));
    if (!result.complete()) {
      throw new FailedException(String.join("; ", result.failures()));
    }
    return !result.updated().isEmpty();
  }

  /**
   * Does the pass and tells the same warnings.
   *
   * @param agentName the local agent; empty to ask it for its name
   * @throws io.github.serfhandler.client.SerfException where the agent can not be asked
   */
  static PassResult pass(Settings settings, String agentName, Consumer<String> warnings) {
    // Beside the asking: with many members the guard's memory takes as long to read as they do.
    List<FileSpec> files = Wiring.files(settings);
    FileStore store = Wiring.store(warnings);
    FutureTask<Discovery> discovery =
        new FutureTask<>(() -> Wiring.discovery(settings, files, store, warnings));
    Thread reader = new Thread(discovery, "guard-memory");
    reader.setDaemon(true);
    reader.start();
    PassResult result;
    try (SerfClient client = Wiring.client(settings)) {
      RpcAgent agent = new RpcAgent(client);
      String name = agentName.isEmpty() ? agent.pulse().agentName() : agentName;
      List<Member> members = agent.members();
      Discovery made = made(discovery);
      if (!settings.files().isEmpty()) {
        Wiring.measure(made, files, Vicinity.once(agent));
      }
      result = made.pass(name, members);
    }
    result = withOthers(result, files, store, settings);
    if (!result.updated().isEmpty()) {
      Notes.problems(result.freshProblems()).forEach(warnings);
      if (result.view().products().isEmpty()) {
        warnings.accept(Notes.NO_PRODUCTS);
      }
    }
    if (!result.freshHeld().isEmpty()) {
      warnings.accept(Notes.held(result.freshHeld()));
    }
    return result;
  }

  /** What is to be checked or reloaded, too. */
  private static PassResult withOthers(
      PassResult result, List<FileSpec> files, FileStore store, Settings settings) {
    if (settings.files().isEmpty()) {
      return result;
    }
    try {
      OutputPass.Result others =
          OutputPass.run(files, store, settings.confDir(), result.snapshot());
      return result.with(others.updated(), others.failures());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SerfInterruptedException("interrupted while files were checked", true, e);
    }
  }

  private static Discovery made(FutureTask<Discovery> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SerfInterruptedException("interrupted while reading the guard's memory", true, e);
    } catch (ExecutionException e) {
      // What can go wrong with the memory is told as a warning: this is a bug.
      throw new IllegalStateException("discovery could not be made", e.getCause());
    }
  }
}
