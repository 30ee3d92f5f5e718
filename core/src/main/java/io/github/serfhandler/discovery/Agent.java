package io.github.serfhandler.discovery;

import io.github.serfhandler.client.Coordinate;
import io.github.serfhandler.client.Member;
import java.util.List;
import java.util.Optional;

/**
 * What discovery asks of the local Serf agent. Confined to the thread that follows.
 *
 * <p>All methods throw a {@link io.github.serfhandler.client.SerfException} where the agent can not
 * be asked; asking again later is always safe.
 */
public interface Agent {

  /** Reads the cheap sign; takes well under a millisecond at any cluster size. */
  Pulse pulse();

  /** Reads all members, in no particular order. */
  List<Member> members();

  /** Where a node is in the space of round-trip times; empty where the agent does not know. */
  default Optional<Coordinate> coordinate(String node) {
    return Optional.empty();
  }
}
