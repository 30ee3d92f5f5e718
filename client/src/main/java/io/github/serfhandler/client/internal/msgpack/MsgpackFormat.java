package io.github.serfhandler.client.internal.msgpack;

/** Immutable: the first bytes of MessagePack values, as in the specification of the format. */
final class MsgpackFormat {
  static final int FIXMAP = 0x80;
  static final int FIXARRAY = 0x90;
  static final int FIXSTR = 0xa0;
  static final int NIL = 0xc0;
  static final int FALSE = 0xc2;
  static final int TRUE = 0xc3;
  static final int BIN8 = 0xc4;
  static final int BIN16 = 0xc5;
  static final int BIN32 = 0xc6;
  static final int EXT8 = 0xc7;
  static final int EXT16 = 0xc8;
  static final int EXT32 = 0xc9;
  static final int FLOAT32 = 0xca;
  static final int FLOAT64 = 0xcb;
  static final int UINT8 = 0xcc;
  static final int UINT16 = 0xcd;
  static final int UINT32 = 0xce;
  static final int UINT64 = 0xcf;
  static final int INT8 = 0xd0;
  static final int INT16 = 0xd1;
  static final int INT32 = 0xd2;
  static final int INT64 = 0xd3;
  static final int FIXEXT1 = 0xd4;
  static final int FIXEXT2 = 0xd5;
  static final int FIXEXT4 = 0xd6;
  static final int FIXEXT8 = 0xd7;
  static final int FIXEXT16 = 0xd8;
  static final int STR8 = 0xd9;
  static final int STR16 = 0xda;
  static final int STR32 = 0xdb;
  static final int ARRAY16 = 0xdc;
  static final int ARRAY32 = 0xdd;
  static final int MAP16 = 0xde;
  static final int MAP32 = 0xdf;
  static final int NEGATIVE_FIXINT = 0xe0;

  private MsgpackFormat() {}

  /** A word for people: what kind of value begins with this byte. */
  static String describe(int first) {
    String kind;
    if (first < FIXMAP || first >= NEGATIVE_FIXINT || (first >= UINT8 && first <= INT64)) {
      kind = "an integer";
    } else if (first < FIXARRAY || first == MAP16 || first == MAP32) {
      kind = "a map";
    } else if (first < FIXSTR || first == ARRAY16 || first == ARRAY32) {
      kind = "a list";
    } else if (first < NIL || (first >= STR8 && first <= STR32)) {
      kind = "a string";
    } else if (first == NIL) {
      kind = "nil";
    } else if (first == FALSE || first == TRUE) {
      kind = "a boolean";
    } else if (first >= BIN8 && first <= BIN32) {
      kind = "bytes";
    } else if (first == FLOAT32 || first == FLOAT64) {
      kind = "a float";
    } else if (first == 0xc1) {
      kind = "no msgpack value";
    } else {
      kind = "an extension";
    }
    return kind + " (0x" + Integer.toHexString(first) + ")";
  }
}
