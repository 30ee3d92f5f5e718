package io.github.serfhandler.client;

import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: one member of the cluster as the agent sees it.
 *
 * @param name the node's name, unique in the cluster; any characters, never empty from a real agent
 * @param addr its address (a v4-mapped v6 address is given as v4); null where the agent sent none
 *     or a broken one
 * @param port its gossip port, 0 to 65535; not the port of any service
 * @param tags its tags, in no particular order
 * @param status whether it is there
 * @param protocol the protocol versions that it speaks
 */
public record Member(
    String name,
    @Nullable InetAddress addr,
    int port,
    Map<String, String> tags,
    MemberStatus status,
    ProtocolVersions protocol) {

  public Member {
    tags = Map.copyOf(tags);
  }

  /** The value of a tag, or {@code ""} where the member has no such tag, as Serf's filters do. */
  public String tag(String key) {
    return tags.getOrDefault(key, "");
  }

  // Not the record's own: that one goes through invokedynamic and costs start-up time.
  @Override
  public String toString() {
    return name + " " + addr + " " + status.word() + " " + tags;
  }
}
