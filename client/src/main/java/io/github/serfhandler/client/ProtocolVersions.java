package io.github.serfhandler.client;

/** Immutable: the memberlist protocol and Serf delegate versions that a member speaks, 0 to 255. */
public record ProtocolVersions(
    int protocolMin,
    int protocolMax,
    int protocolCur,
    int delegateMin,
    int delegateMax,
    int delegateCur) {

  /** What a member has that told nothing of its versions. */
  public static final ProtocolVersions UNKNOWN = new ProtocolVersions(0, 0, 0, 0, 0, 0);
}
