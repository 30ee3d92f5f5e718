package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.AgentStats;
import io.github.serfhandler.client.Coordinate;
import io.github.serfhandler.client.KeyResponse;
import io.github.serfhandler.client.internal.msgpack.MsgpackReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stateless: reads the bodies of the replies to all commands but {@code members}. */
public final class ReplyDecoders {
  private ReplyDecoders() {}

  /** The reply to {@code join}: how many addresses were joined. */
  public static int joined(MsgpackReader in) throws IOException {
    int joined = 0;
    int fields = in.map("the join reply");
    for (int i = 0; i < fields; i++) {
      if (in.symbol("a field name of the join reply").equals("Num")) {
        joined = in.integer("Num", 0, Integer.MAX_VALUE);
      } else {
        in.skip("an unknown field of the join reply");
      }
    }
    return joined;
  }

  /** The reply to the key commands. */
  public static KeyResponse keys(MsgpackReader in) throws IOException {
    Map<String, String> messages = Map.of();
    Map<String, Integer> keys = new HashMap<>();
    int nodes = 0;
    int errors = 0;
    int responses = 0;
    int fields = in.map("the key reply");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of the key reply")) {
        case "Messages" -> messages = strings(in, "Messages");
        case "Keys" -> {
          int count = in.map("Keys");
          for (int k = 0; k < count; k++) {
            keys.put(in.string("a key"), in.integer("a key's count", 0, Integer.MAX_VALUE));
          }
        }
        case "NumNodes" -> nodes = in.integer("NumNodes", 0, Integer.MAX_VALUE);
        case "NumErr" -> errors = in.integer("NumErr", 0, Integer.MAX_VALUE);
        case "NumResp" -> responses = in.integer("NumResp", 0, Integer.MAX_VALUE);
        default -> in.skip("an unknown field of the key reply");
      }
    }
    return new KeyResponse(messages, keys, nodes, responses, errors);
  }

  /** The reply to {@code stats}. */
  public static AgentStats stats(MsgpackReader in) throws IOException {
    Map<String, Map<String, String>> sections = new HashMap<>();
    int count = in.map("the stats reply");
    for (int i = 0; i < count; i++) {
      String name = in.symbol("a section's name of the stats");
      sections.put(name, strings(in, name));
    }
    return new AgentStats(sections);
  }

  /** The reply to {@code get-coordinate}. */
  public static Optional<Coordinate> coordinate(MsgpackReader in) throws IOException {
    Coordinate coordinate = null;
    boolean known = false;
    int fields = in.map("the coordinate reply");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of the coordinate reply")) {
        case "Coord" -> coordinate = vector(in);
        case "Ok" -> known = in.bool("Ok");
        default -> in.skip("an unknown field of the coordinate reply");
      }
    }
    return known ? Optional.ofNullable(coordinate) : Optional.empty();
  }

  private static Coordinate vector(MsgpackReader in) throws IOException {
    List<Double> vec = new ArrayList<>();
    double error = 0;
    double adjustment = 0;
    double height = 0;
    int fields = in.map("Coord");
    for (int i = 0; i < fields; i++) {
      switch (in.symbol("a field name of Coord")) {
        case "Vec" -> {
          int count = in.array("Vec");
          for (int v = 0; v < count; v++) {
            vec.add(in.number("a component of Vec"));
          }
        }
        case "Error" -> error = in.number("Error");
        case "Adjustment" -> adjustment = in.number("Adjustment");
        case "Height" -> height = in.number("Height");
        default -> in.skip("an unknown field of Coord");
      }
    }
    return new Coordinate(vec, error, adjustment, height);
  }

  private static Map<String, String> strings(MsgpackReader in, String what) throws IOException {
    Map<String, String> strings = new HashMap<>();
    int count = in.map(what);
    for (int i = 0; i < count; i++) {
      strings.put(in.symbol(what), in.symbol(what));
    }
    return strings;
  }
}
