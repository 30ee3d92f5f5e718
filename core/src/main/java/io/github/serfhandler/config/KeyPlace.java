package io.github.serfhandler.config;

import java.nio.file.Path;

/**
 * Immutable: the files of one key.
 *
 * @param product the product that it belongs to
 * @param key its name
 * @param file the one that people and programs read
 * @param records the directory of the others
 */
record KeyPlace(String product, String key, Path file, Path records) {
  static final String RECORD = ".record";

  /** The truth about the key, see {@link RecordHead}. */
  Path record() {
    return records.resolve(key + RECORD);
  }

  /** What somebody had written into the file before an update replaced it. */
  Path edited() {
    return records.resolve(key + ".edited");
  }

  /** A record that could not be read. */
  Path broken() {
    return records.resolve(key + RECORD + ".broken");
  }

  /** The file's name in the configuration directory. */
  String fileName() {
    return product + "/" + key + ".json";
  }

  /** The name of another one of its files in the configuration directory. */
  String nameOf(Path other) {
    return ConfigPlaces.RECORDS + "/" + product + "/" + other.getFileName();
  }

  @Override
  public String toString() {
    return product + "/" + key;
  }
}
