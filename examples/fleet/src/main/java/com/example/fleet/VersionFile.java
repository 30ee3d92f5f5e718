package com.example.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps the version that is live in a file {@code site.version}, which a web server could read. */
public final class VersionFile implements Releases {
  @Override
  public String live(Path folder) throws IOException {
    Path file = folder.resolve("site.version");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  @Override
  public void deploy(Path folder, String version) throws IOException {
    Files.createDirectories(folder);
    Path draft = folder.resolve(".site.version.new");
    Files.writeString(draft, version + "\n");
    Files.move(draft, folder.resolve("site.version"), StandardCopyOption.ATOMIC_MOVE);
  }
}
