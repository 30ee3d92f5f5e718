package io.github.serfhandler.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with settings whose files are checked and reloaded by scripts that keep count: the check
 * refuses what says {@code bad}, the reload fails while there is a file {@code broken}. Immutable.
 *
 * @param folder the folder
 */
record RenderFolder(Path folder) {
  /** The check and the reload of an entry of files.render. */
  static final String CHECKED =
      "  check: [/bin/sh, FOLDER/judge, FOLDER, \"{}\"]\n"
          + "  reload: [/bin/sh, FOLDER/reload, FOLDER]\n";

  private static final String JUDGE =
      """
      echo check >>"$1/checks"
      if grep -q bad "$2"; then echo "it is bad"; exit 3; fi
      """;

  private static final String RELOAD =
      """
      if [ -e "$1/broken" ]; then echo "out of order"; exit 4; fi
      echo reload >>"$1/reloads"
      """;

  /** With these entries of files.render, in which {@code FOLDER} stands for the folder. */
  static RenderFolder of(Path folder, String entries) {
    RenderFolder made = new RenderFolder(folder);
    made.write("judge", JUDGE);
    made.write("reload", RELOAD);
    String settings = "files:\n  defaults: off\n  render:\n" + entries.indent(4);
    made.write("settings.yml", settings.replace("FOLDER", folder.toString()));
    return made;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A file's text. */
  String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a file whole: a program that looks at it meanwhile reads no empty one. */
  void write(String name, String text) {
    try {
      Path beside = Files.writeString(file(name + ".new"), text);
      Path unused = Files.move(beside, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfDir conf() {
    return new ConfDir(file("conf"));
  }

  /** The options that name all of it. */
  String[] options(String command, String rpcAddr, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--rpc-addr=" + rpcAddr));
    args.addAll(List.of(conf().option(), "--config=" + file("settings.yml")));
    args.addAll(List.of(more));
    return args.toArray(new String[0]);
  }

  /** How often something was checked. */
  int checks() {
    return lines("checks");
  }

  /** How often a reload succeeded. */
  int reloads() {
    return lines("reloads");
  }

  private int lines(String name) {
    return Files.exists(file(name)) ? (int) text(name).lines().count() : 0;
  }
}
