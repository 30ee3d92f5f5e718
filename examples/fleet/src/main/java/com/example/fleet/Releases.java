package com.example.fleet;

import java.io.IOException;
import java.nio.file.Path;

/** Puts a version of the site live; an interface, so that the handler's tests need no site. */
public interface Releases {
  /** The version that is live under {@code folder}; {@code ""} before the first one. */
  String live(Path folder) throws IOException;

  /** Makes {@code version} the one that is live. */
  void deploy(Path folder, String version) throws IOException;
}
