package io.github.serfhandler.benchmarks;

import io.github.serfhandler.benchmarks.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Nine files of 10,000 instances in 500 services, one of each format, kept by {@link FilesProgram}
 * in a process with the flags and the heap of the resident agent. Confined to one thread.
 */
final class FilesFigures {
  private final Path folder;
  private final Report report;

  FilesFigures(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Process process =
        new ProcessBuilder(
                JavaCommand.resident(
                    FilesProgram.class, files.toString(), String.valueOf(report.rounds(15, 50))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        report.addChild(line);
      }
      if (process.waitFor() != 0) {
        throw new IOException("the process that keeps the files failed");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
