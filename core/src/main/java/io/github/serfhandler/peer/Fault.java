package io.github.serfhandler.peer;

import org.jspecify.annotations.Nullable;

/** Why a peer, who knows the secret, does not give what it is asked for. */
enum Fault {
  /** The asker speaks another version of the protocol. */
  VERSION("version", "it speaks another version of the protocol; bring both to the same version"),
  /** The question is none. */
  QUESTION("question", "it takes the question for none; bring both to the same version"),
  /** It does not hold the product. */
  PRODUCT("product", "it does not hold this product (any more); ask another peer"),
  /** It does not hold the content of that revision. */
  CONTENT("content", "it does not hold this revision (any more); ask again what it holds"),
  /** Its shelf failed. */
  SHELF("shelf", "it could not read what it holds; its log tells why");

  private final String code;
  private final String words;

  Fault(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** As it stands in a reply. */
  String code() {
    return code;
  }

  /** Reason and remedy, for the asker's messages. */
  String words() {
    return words;
  }

  /** The one with that code. */
  static @Nullable Fault of(String code) {
    for (Fault fault : values()) {
      if (fault.code.equals(code)) {
        return fault;
      }
    }
    return null;
  }
}
