package io.github.serfhandler.script;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.ProtocolVersions;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events for the tests of scripts. */
final class Events {
  private Events() {}

  static UserEvent user(String name, String payload) {
    return new UserEvent(7, name, Payload.ofText(payload), false);
  }

  static QueryEvent query(String name, String payload) {
    return new QueryEvent(0, 0, 8, name, Payload.ofText(payload));
  }

  static MemberEvent join(List<Member> members) {
    return new MemberEvent(MemberEvent.Type.JOIN, members);
  }

  static Member member(String name, Map<String, String> tags) {
    return new Member(
        name, address("127.0.0.2"), 7946, tags, MemberStatus.ALIVE, ProtocolVersions.UNKNOWN);
  }

  static List<Member> members(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(member("node-" + i, Map.of("role", "web", "svc", "product1/web:" + (1000 + i))));
    }
    return members;
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
