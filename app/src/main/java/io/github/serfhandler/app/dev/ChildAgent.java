package io.github.serfhandler.app.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Thread-safe: one real {@code serf agent} as a child of this process.
 *
 * <p>It ends with this process whatever happens, kill -9 included: between the two stands a shell
 * that runs a constant script and waits for the end of its standard input, which the kernel closes
 * when this process is gone. It then kills the agent and removes the agent's files. Shell and agent
 * have a session of their own ({@code setsid}), so that ctrl-c in the terminal reaches this process
 * alone: an agent that got it would leave its cluster while we are still following it.
 */
final class ChildAgent implements AutoCloseable {
  // $1 directory, $2 and $3 files in it, then the command. A background command loses its standard
  // input, hence descriptor 3. After a kill by someone else (137) the files stay until we end.
  private static final String SCRIPT =
      """
      directory=$1 config=$2 log=$3
      shift 3
      exec 3<&0
      "$@" 3<&- </dev/null &
      agent=$!
      (
        read -r _ <&3
        kill -KILL "$agent"
        rm -f -- "$config" "$log"
        rmdir -- "$directory"
      ) >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait "$agent"
      status=$?
      if [ "$status" -eq 137 ]; then wait "$watcher"; else kill "$watcher"; fi 2>/dev/null
      exit "$status"
      """;

  private final AgentConfig config;
  private final Path log;
  private final Path configFile;
  private final Process process;

  private ChildAgent(AgentConfig config, Path configFile, Path log, Process process) {
    this.config = config;
    this.configFile = configFile;
    this.log = log;
    this.process = process;
  }

  /** Starts an agent; it does not answer yet. */
  static ChildAgent start(
      Path serf, AgentConfig config, Path directory, Map<String, String> environment)
      throws IOException {
    Path configFile = directory.resolve(config.sample().name() + ".json");
    Path log = directory.resolve(config.sample().name() + ".log");
    Files.createFile(
        configFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(configFile, config.json(), StandardOpenOption.WRITE);
    List<String> command = new ArrayList<>();
    Programs.find("setsid", environment).ifPresent(path -> command.add(path.toString()));
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "serf-dev"));
    command.addAll(List.of(directory.toString(), configFile.toString(), log.toString()));
    command.addAll(List.of(serf.toString(), "agent", "-config-file=" + configFile));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ChildAgent(config, configFile, log, builder.start());
  }

  AgentConfig config() {
    return config;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The last line of the log that says why the agent ended. */
  String lastWords() {
    String last = "its log is empty";
    try {
      for (String line : Files.readString(log, StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank()) {
          last = line.strip();
        }
      }
    } catch (IOException e) {
      return "its log cannot be read";
    }
    return last;
  }

  /** Ends the agent and removes its files, within some 5 seconds. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      process.destroy();
    }
    boolean ended = false;
    try {
      ended = process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    // The script has removed them already, unless the agent had ended by itself.
    log.toFile().delete();
    configFile.toFile().delete();
  }
}
