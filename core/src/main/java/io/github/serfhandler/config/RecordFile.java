package io.github.serfhandler.config;

import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonLimits;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.store.FileStore;
import io.github.serfhandler.store.Part;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Immutable: a record as a file, with its contents. Read its head alone where that is enough. */
final class RecordFile {
  /** What older versions may take together. */
  static final int MAX_HISTORY_BYTES = 1024 * 1024;

  private static final int MOST_HEADS = 8 * 1024;
  private static final int MAX_BYTES =
      RecordHead.MAX_BYTES + ConfigUpdate.MAX_FILE_BYTES + MAX_HISTORY_BYTES + 1024;
  private static final JsonLimits LIMITS =
      new JsonLimits(ConfigUpdate.MAX_FILE_BYTES, JsonValue.MAX_DEPTH);

  private final RecordHead head;
  private final List<byte[]> contents;

  private RecordFile(RecordHead head, List<byte[]> contents) {
    this.head = head;
    this.contents = contents;
  }

  /** The record of a first version, with whatever was known before behind it. */
  static RecordFile of(Head newest, byte[] content) {
    return new RecordFile(new RecordHead(List.of(newest), ""), List.of(content));
  }

  /** The head of a record; empty where there is none. */
  static Optional<RecordHead> head(FileStore store, Path file) throws BrokenRecordException {
    if (!isThere(file)) {
      return Optional.empty();
    }
    Optional<Part> part = store.readStart(file, MOST_HEADS);
    if (part.isPresent() && lineBytes(part.get().bytes()) < 0 && !part.get().isWhole()) {
      part = store.readStart(file, RecordHead.MAX_BYTES + 1);
    }
    return part.isEmpty() ? Optional.empty() : Optional.of(head(part.get()));
  }

  /** A record with its contents; empty where there is none. */
  static Optional<RecordFile> all(FileStore store, Path file) throws BrokenRecordException {
    if (!isThere(file)) {
      return Optional.empty();
    }
    Optional<Part> part = store.readStart(file, MAX_BYTES);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    RecordHead head = head(part.get());
    byte[] bytes = part.get().bytes();
    List<byte[]> contents = new ArrayList<>(head.versions().size());
    int at = lineBytes(bytes) + 1;
    for (Head version : head.versions()) {
      int end = at + version.bytes();
      if (end >= bytes.length || bytes[end] != '\n') {
        throw new BrokenRecordException("a content has another length than its first line says");
      }
      contents.add(Arrays.copyOfRange(bytes, at, end));
      at = end + 1;
    }
    return Optional.of(new RecordFile(head, contents));
  }

  /** Whether something is there; never opens what is no regular file, which may wait for ever. */
  private static boolean isThere(Path file) throws BrokenRecordException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BrokenRecordException("it is no regular file");
    }
    return false;
  }

  private static RecordHead head(Part part) throws BrokenRecordException {
    int line = lineBytes(part.bytes());
    if (line < 0) {
      throw new BrokenRecordException("its first line does not end");
    }
    RecordHead head = RecordHead.parse(Arrays.copyOf(part.bytes(), line));
    if (head.fileBytes(line) != part.size()) {
      throw new BrokenRecordException("it has another length than its first line says");
    }
    return head;
  }

  private static int lineBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  RecordHead head() {
    return head;
  }

  /**
   * A version's content.
   *
   * @throws BrokenRecordException where it is not what its hash says
   */
  JsonObject content(int index) throws BrokenRecordException {
    try {
      JsonObject content = JsonValue.parse(contents.get(index), LIMITS).asObject();
      if (content.sha256().equals(head.versions().get(index).revision().sha256())) {
        return content;
      }
    } catch (JsonException e) {
      throw new BrokenRecordException("a content is not JSON: " + e.getMessage());
    }
    throw new BrokenRecordException("a content has another SHA-256 than its first line says");
  }

  /**
   * The same with a newer version, and as much of the history as there may be.
   *
   * @param history how many older versions at most
   */
  RecordFile with(Head newest, byte[] content, int history) {
    List<Head> heads = new ArrayList<>();
    List<byte[]> kept = new ArrayList<>();
    heads.add(newest);
    kept.add(content);
    int bytes = 0;
    for (int i = 0; i < contents.size() && heads.size() <= history; i++) {
      bytes += contents.get(i).length;
      if (bytes >= MAX_HISTORY_BYTES) {
        break;
      }
      heads.add(head.versions().get(i));
      kept.add(contents.get(i));
    }
    return new RecordFile(new RecordHead(List.copyOf(heads), ""), kept);
  }

  /** The same with another first line for the same versions. */
  RecordFile with(RecordHead other) {
    return new RecordFile(other, contents);
  }

  /** How long its contents are together. */
  int contentBytes() {
    int bytes = 0;
    for (byte[] content : contents) {
      bytes += content.length;
    }
    return bytes;
  }

  /** The file's bytes. */
  byte[] bytes() {
    byte[] line = head.line();
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) head.fileBytes(line.length));
    out.write(line, 0, line.length);
    out.write('\n');
    for (byte[] content : contents) {
      out.write(content, 0, content.length);
      out.write('\n');
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return "a record of " + contents.size() + " versions";
  }
}
