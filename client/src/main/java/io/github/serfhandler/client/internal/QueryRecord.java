package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;

/**
 * Immutable: what an agent sends to who started a query ({@code ipc_query_response_stream.go}).
 *
 * @param type {@code ack}, {@code response}, {@code done}, or what a newer agent may add
 * @param from the answering node, {@code ""} in the records that follow a query's timeout
 */
public record QueryRecord(String type, String from, Payload payload) {

  public static QueryRecord read(MsgpackReader in) throws IOException {
    String type = "";
    String from = "";
    Payload payload = Payload.EMPTY;
    int fields = in.map("a query record");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of a query record")) {
        case "Type" -> type = in.symbol("Type");
        case "From" -> from = in.string("From");
        case "Payload" -> payload = Payload.of(in.binary("Payload"));
        default -> in.skip("an unknown field of a query record");
      }
    }
    return new QueryRecord(type, from, payload);
  }
}
