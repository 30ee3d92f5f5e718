package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the documents do what the documents say: each {@code sh} block is run as its
 * reader would, in a folder where {@code ./serf-handler} is the packaged program. Another document
 * is another value of the test.
 *
 * <p>The documents use Serf's own port, so that this test is skipped where an agent of the machine
 * has it.
 */
@Timeout(180)
class DocsIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** How lines begin that are not run, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "./test", "these tests are a part of it",
          "git clone", "would need a network, and this is the clone",
          "sudo ", "changes the machine",
          "apt-get ", "changes the machine",
          "apt ", "changes the machine",
          "benchmarks/", "takes minutes and judges nothing",
          "mvn ", "builds what is being tested");

  /** How the lines begin that run until someone stops them. */
  private static final String RESIDENT = "./serf-handler agent";

  @RegisterExtension final Programs programs = new Programs();

  @TempDir Path temp;

  private final List<Program> residents = new ArrayList<>();

  @BeforeEach
  void needsSerfsOwnPorts() throws IOException {
    for (int port = 7373; port <= 7375; port++) {
      assumeFalse(
          listens(port),
          "127.0.0.1:" + port + ", which the documents use, is taken on this machine");
    }
    Path launcher = temp.resolve("serf-handler");
    String command =
        Programs.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/tutorial.md", "README.md"})
  void doesWhatTheDocumentSays(String document) throws IOException {
    List<String> blocks = MarkdownBlocks.of(Files.readString(ROOT.resolve(document)), "sh");
    assertThat(blocks).as("sh blocks of " + document).isNotEmpty();
    for (String block : blocks) {
      StringBuilder script = new StringBuilder();
      for (String line : block.lines().toList()) {
        // What a reader keeps under /etc, this test keeps in its folder.
        String command = line.replace(" /etc/", " " + temp + "/etc/");
        if (isResident(command)) {
          run(script);
          startResident(command);
        } else if (NOT_RUN.keySet().stream().noneMatch(command::startsWith)) {
          script.append(command).append('\n');
        }
      }
      run(script);
    }
    Collections.reverse(residents);
    for (Program resident : residents) {
      assertThat(resident.signal("INT").status()).as(resident.toString()).isZero();
    }
  }

  private static boolean isResident(String command) {
    return command.startsWith(RESIDENT)
        && !command.contains("--once")
        && !command.contains("--help");
  }

  private void run(StringBuilder script) {
    if (!script.toString().isBlank()) {
      Program program = programs.shell(temp, script.toString());
      assertThat(program.status()).as(program.toString()).isZero();
      script.setLength(0);
    }
  }

  /**
   * Starts it, and goes on where its reader would: when it has said its word and the files are
   * there.
   */
  private void startResident(String command) {
    if (command.contains("--dev") && !residents.isEmpty()) {
      // The document says to stop the one before.
      Program before = residents.remove(residents.size() - 1);
      assertThat(before.signal("INT").status()).as(before.toString()).isZero();
    }
    Program program = programs.shell(temp, "exec " + command);
    residents.add(program);
    program.awaitErr("Stop with ctrl-c");
    List<String> words = List.of(command.split(" +"));
    int option = words.indexOf("--conf-dir");
    new ConfDir(temp.resolve(option < 0 ? "conf" : words.get(option + 1)))
        .awaitStatus("state", "following");
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
