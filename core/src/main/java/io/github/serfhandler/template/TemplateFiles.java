package io.github.serfhandler.template;

import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A template's file and those that it includes, all in or below the folder of the first; each is
 * read once. Confined to one thread.
 */
final class TemplateFiles implements Loader<String> {
  /** The largest file, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** So many files at most, the first one too. */
  static final int MAX_FILES = 100;

  private static final int LONGEST_NAME = 255;

  private final Path folder;
  private final String main;
  private final Map<Path, FileStamp> stamps = new ConcurrentHashMap<>();
  private boolean distances;

  TemplateFiles(Path main) {
    Path file = main.toAbsolutePath();
    this.folder = file.resolveSibling("");
    this.main = file.getFileName() == null ? "" : file.getFileName().toString();
  }

  /** The first one's name, as the library knows it. */
  String main() {
    return main;
  }

  /** The file that the library knows by that name. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** Whether all that were read are as they were; any thread may ask. */
  boolean areCurrent() {
    for (Map.Entry<Path, FileStamp> known : stamps.entrySet()) {
      if (!known.getValue().equals(FileStamp.of(known.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of those that were read speaks of distances. */
  boolean speakOfDistances() {
    return distances;
  }

  @Override
  public Reader getReader(String name) {
    String text = read(name);
    distances |= text.contains("nearest") || text.contains("distance");
    return new StringReader(text);
  }

  private String read(String name) {
    Path path = path(name);
    FileStamp stamp = FileStamp.of(path);
    try {
      // Nor is a pipe opened, which would wait for its other end.
      if (stamp != null && !Files.isRegularFile(path)) {
        throw new TemplateMistake(is(name) + "no regular file");
      }
      if (stamps.size() >= MAX_FILES && !stamps.containsKey(path)) {
        throw new TemplateMistake("it includes more than " + MAX_FILES + " files");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
      if (bytes.length > MAX_BYTES) {
        throw new TemplateMistake(is(name) + "larger than 1 MiB");
      }
      if (stamp != null) {
        stamps.put(path, stamp);
      }
      return decode(name, bytes);
    } catch (NoSuchFileException e) {
      throw new TemplateMistake(
          name.equals(main)
              ? "there is no such file; write the template there, or correct the path"
              : "there is no " + Words.quote(name) + " in " + folder);
    } catch (IOException e) {
      throw new TemplateMistake(
          is(name) + "not readable: " + Words.oneLine(String.valueOf(e.getMessage()), 200));
    }
  }

  private String is(String name) {
    return name.equals(main) ? "it is " : Words.quote(name) + " is ";
  }

  private static String decode(String name, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
      throw new TemplateMistake("the bytes are no UTF-8; save the file as UTF-8", line, name);
    }
    return out.toString();
  }

  /** The name of a file as all of them are known by, from the folder of the first one. */
  @Override
  public String resolveRelativePath(String name, @Nullable String from) {
    boolean odd = name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\\') >= 0;
    for (int i = 0; i < name.length(); i++) {
      odd |= Character.isISOControl(name.charAt(i)) || Character.isSurrogate(name.charAt(i));
    }
    if (odd) {
      throw new TemplateMistake(
          Words.quote(name)
              + " is no name of a file; write for example \"part.peb\" or \"parts/part.peb\"");
    }
    StringBuilder legal = new StringBuilder();
    boolean leaves = name.startsWith("/");
    for (String part : name.split("/", -1)) {
      leaves |= part.equals("..");
      if (!part.isEmpty() && !part.equals(".")) {
        legal.append(legal.isEmpty() ? "" : "/").append(part);
      }
    }
    if (leaves || legal.isEmpty()) {
      throw new TemplateMistake(
          Words.quote(name)
              + " leads out of the template's folder; name a file in or below "
              + folder);
    }
    return legal.toString();
  }

  @Override
  public String createCacheKey(String name) {
    return name;
  }

  @Override
  public boolean resourceExists(String name) {
    return Files.isRegularFile(path(name));
  }

  @Override
  public void setCharset(String charset) {
    throw new UnsupportedOperationException(charset);
  }

  @Override
  public void setPrefix(String prefix) {
    throw new UnsupportedOperationException(prefix);
  }

  @Override
  public void setSuffix(String suffix) {
    throw new UnsupportedOperationException(suffix);
  }
}
