package io.github.serfhandler.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Coordinate;
import io.github.serfhandler.client.DecodeLimits;
import io.github.serfhandler.client.KeyResponse;
import io.github.serfhandler.client.LogLine;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import io.github.serfhandler.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyDecodersTest {

  @Test
  void readsTheKeyReply() throws IOException {
    KeyResponse response =
        ReplyDecoders.keys(
            in(
                "Messages",
                Map.of("n1", "no"),
                "Keys",
                Map.of("a2V5", 2),
                "NumNodes",
                3,
                "NumErr",
                1,
                "NumResp",
                2,
                "PrimaryKeys",
                Map.of("a2V5", 2)));
    assertThat(response).isEqualTo(new KeyResponse(Map.of("n1", "no"), Map.of("a2V5", 2), 3, 2, 1));
    assertThat(ReplyDecoders.keys(in("Messages", null, "Keys", null)).keys()).isEmpty();
  }

  @Test
  void readsTheStats() throws IOException {
    AgentStats stats = ReplyDecoders.stats(in("agent", Map.of("name", "n1"), "tags", null));
    assertThat(stats.agentName()).isEqualTo("n1");
    assertThat(stats.tags()).isEmpty();
  }

  @Test
  void readsCoordinates() throws IOException {
    Map<String, @Nullable Object> coord =
        Wire.map(
            "Vec", List.of(0.5, 1), "Error", 1.5, "Adjustment", -0.1, "Height", 1e-5, "New", 1);
    assertThat(ReplyDecoders.coordinate(in("Coord", coord, "Ok", true)))
        .contains(new Coordinate(List.of(0.5, 1.0), 1.5, -0.1, 1e-5));
    assertThat(ReplyDecoders.coordinate(in("Coord", Wire.map("Vec", null), "Ok", false))).isEmpty();
    assertThat(ReplyDecoders.coordinate(in("Ok", true, "New", 1))).isEmpty();
  }

  @Test
  void readsHowManyJoined() throws IOException {
    assertThat(ReplyDecoders.joined(in("New", 1, "Num", 3))).isEqualTo(3);
  }

  @Test
  void readsRecordsWithTheGreatestClocks() throws IOException {
    BigInteger greatest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    assertThat(RecordDecoder.event(in("Event", "query", "ID", greatest, "LTime", greatest), 2))
        .isEqualTo(new QueryEvent(2, -1, -1, "", Payload.EMPTY));
    assertThat(RecordDecoder.event(in("LTime", 1, "Coalesce", true, "Event", "user"), 1))
        .isEqualTo(new UserEvent(1, "", Payload.EMPTY, true));
    assertThat(RecordDecoder.log(in("Log", "line", "New", 1))).isEqualTo(new LogLine("line"));
    assertThat(QueryRecord.read(in("Type", "done", "New", 1, "From", null)))
        .isEqualTo(new QueryRecord("done", "", Payload.EMPTY));
  }

  private static MsgpackReader in(@Nullable Object... keysAndValues) {
    MsgpackReader reader =
        new MsgpackReader(
            new ByteArrayInputStream(Wire.encode(Wire.map(keysAndValues))), DecodeLimits.DEFAULT);
    reader.beginFrame();
    return reader;
  }
}
