package com.example.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands for {@code mysqldump}: writes a small file. */
public final class CopyBackup implements Backup {
  @Override
  public long save(Path folder, String label) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("backup-" + label + ".sql");
    Files.writeString(file, "-- a dump\n");
    return Files.size(file);
  }
}
