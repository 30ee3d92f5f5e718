package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberStatus;
import io.github.serfhandler.client.ProtocolVersions;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Confined to one thread: reads one list of members; equal parts of them share memory. */
public final class MemberDecoder {
  private final Map<String, String> tags = new HashMap<>();
  private final int[] versions = new int[6];
  private ProtocolVersions lastVersions = ProtocolVersions.UNKNOWN;

  private MemberDecoder() {}

  /** The reply to {@code members} and {@code members-filtered}. */
  public static List<Member> reply(MsgpackReader in) throws IOException {
    List<Member> members = List.of();
    int fields = in.map("the members reply");
    for (int i = 0; i < fields; i++) {
      if (in.symbol("a field name of the members reply").equals("Members")) {
        members = list(in);
      } else {
        in.skip("an unknown field of the members reply");
      }
    }
    return members;
  }

  /** A list of members as it stands in replies and in member events. */
  static List<Member> list(MsgpackReader in) throws IOException {
    int count = in.array("Members");
    List<Member> members = new ArrayList<>(Math.min(count, 1024));
    MemberDecoder decoder = new MemberDecoder();
    for (int i = 0; i < count; i++) {
      members.add(decoder.member(in));
    }
    return List.copyOf(members);
  }

  private Member member(MsgpackReader in) throws IOException {
    String name = "";
    InetAddress addr = null;
    int port = 0;
    Map<String, String> itsTags = Map.of();
    MemberStatus status = MemberStatus.NONE;
    java.util.Arrays.fill(versions, 0);
    int fields = in.map("a member");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of a member")) {
        case "Name" -> name = in.string("Name");
        case "Addr" -> addr = address(in.binary("Addr"));
        case "Port" -> port = in.integer("Port", 0, 65535);
        case "Tags" -> itsTags = tags(in);
        case "Status" -> status = MemberStatus.ofWord(in.symbol("Status"));
        case "ProtocolMin" -> versions[0] = in.integer("ProtocolMin", 0, 255);
        case "ProtocolMax" -> versions[1] = in.integer("ProtocolMax", 0, 255);
        case "ProtocolCur" -> versions[2] = in.integer("ProtocolCur", 0, 255);
        case "DelegateMin" -> versions[3] = in.integer("DelegateMin", 0, 255);
        case "DelegateMax" -> versions[4] = in.integer("DelegateMax", 0, 255);
        case "DelegateCur" -> versions[5] = in.integer("DelegateCur", 0, 255);
        default -> in.skip("an unknown field of a member");
      }
    }
    if (name.isEmpty()) {
      throw new MalformedException("a member without a Name");
    }
    return new Member(name, addr, port, itsTags, status, versions());
  }

  private Map<String, String> tags(MsgpackReader in) throws IOException {
    tags.clear();
    int count = in.map("Tags");
    for (int i = 0; i < count; i++) {
      String key = in.symbol("a tag's name");
      tags.put(key, in.symbol("a tag's value"));
    }
    return Map.copyOf(tags);
  }

  private ProtocolVersions versions() {
    ProtocolVersions last = lastVersions;
    if (last.protocolMin() != versions[0]
        || last.protocolMax() != versions[1]
        || last.protocolCur() != versions[2]
        || last.delegateMin() != versions[3]
        || last.delegateMax() != versions[4]
        || last.delegateCur() != versions[5]) {
      lastVersions =
          new ProtocolVersions(
              versions[0], versions[1], versions[2], versions[3], versions[4], versions[5]);
    }
    return lastVersions;
  }

  /** 4 or 16 bytes; Java itself turns a v4-mapped v6 address into v4. */
  private static @Nullable InetAddress address(byte[] bytes) throws IOException {
    return bytes.length == 4 || bytes.length == 16 ? InetAddress.getByAddress(bytes) : null;
  }
}
