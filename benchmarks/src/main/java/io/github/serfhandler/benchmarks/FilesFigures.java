package io.github.serfhandler.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Nine files of 10,000 instances in 500 services, one of each format, kept by {@link FilesProgram}
 * in a process with the flags and the heap of the resident agent. Confined to one thread.
 */
final class FilesFigures {
  private final Path folder;
  private final Consumer<String> report;

  FilesFigures(Path folder, Consumer<String> report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Process process =
        new ProcessBuilder(ResidentJava.command(FilesProgram.class, files.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        report.accept(line);
      }
      if (process.waitFor() != 0) {
        throw new IOException("the process that keeps the files failed");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
