package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.LogEvent;
import io.github.serfhandler.client.LogLine;
import io.github.serfhandler.client.Member;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UnknownEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;
import java.util.List;

/** Stateless: reads the records of event and log streams ({@code ipc_event_stream.go}). */
public final class RecordDecoder {
  private RecordDecoder() {}

  /**
   * One record of an event stream.
   *
   * @param connection the number of the connection, for the identity of queries
   */
  public static SerfEvent event(MsgpackReader in, int connection) throws IOException {
    String event = "";
    long id = 0;
    long ltime = 0;
    String name = "";
    Payload payload = Payload.EMPTY;
    boolean coalesce = false;
    List<Member> members = List.of();
    int fields = in.map("a stream record");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of a stream record")) {
        case "Event" -> event = in.symbol("Event");
        case "ID" -> id = in.unsigned("ID");
        case "LTime" -> ltime = in.unsigned("LTime");
        case "Name" -> name = in.symbol("Name");
        case "Payload" -> payload = Payload.of(in.binary("Payload"));
        case "Coalesce" -> coalesce = in.bool("Coalesce");
        case "Members" -> members = MemberDecoder.list(in);
        default -> in.skip("an unknown field of a stream record");
      }
    }
    return switch (event) {
      case "user" -> new UserEvent(ltime, name, payload, coalesce);
      case "query" -> new QueryEvent(connection, id, ltime, name, payload);
      default -> {
        MemberEvent.Type type = MemberEvent.Type.ofWord(event);
        yield type == null ? new UnknownEvent(event) : new MemberEvent(type, members);
      }
    };
  }

  /** One record of a log stream. */
  public static LogEvent log(MsgpackReader in) throws IOException {
    String line = "";
    int fields = in.map("a log record");
    for (int i = 0; i < fields; i++) {
      if (in.symbol("a field name of a log record").equals("Log")) {
        line = in.string("Log");
      } else {
        in.skip("an unknown field of a log record");
      }
    }
    return new LogLine(line);
  }
}
