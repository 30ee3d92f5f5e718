package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable: how a test looks into HAProxy, by a reading of its own.
 *
 * @param path the runtime socket
 */
record HaproxySocket(Path path) {
  private static final int MAINT = 0x01;
  private static final int DRAIN = 0x08;

  /** What HAProxy answers to a command; an {@link UncheckedIOException} where it does not run. */
  String ask(String command) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer part = ByteBuffer.allocate(8192);
      while (channel.read(part) >= 0) {
        answer.write(part.array(), 0, part.position());
        part.clear();
      }
      return answer.toString(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The servers of a backend that have a place, as {@code ADDR:PORT}, and how each stands. */
  Map<String, String> servers(String backend) {
    Map<String, String> states = new TreeMap<>();
    for (String line : ask("show servers state " + backend).lines().toList()) {
      List<String> fields = Arrays.asList(line.split(" ", -1));
      if (fields.size() > 18 && fields.get(1).equals(backend)) {
        String place = fields.get(4) + ":" + fields.get(18);
        int admin = Integer.parseInt(fields.get(6));
        String state =
            (admin & MAINT) != 0
                ? "maint"
                : (admin & DRAIN) != 0 ? "drain" : "weight " + fields.get(7);
        if (!place.equals("127.0.0.1:1")) {
          states.put(place, state);
        }
      }
    }
    return states;
  }

  /** Waits until a server stands so. */
  void await(String backend, WebApp app, String state) {
    Waiting.until(
        app.place() + " to be at " + state,
        () -> assertThat(servers(backend)).containsEntry(app.place(), state));
  }

  /** Waits until just these are in use. */
  void awaitInUse(String backend, WebApp... apps) {
    List<String> places = Arrays.stream(apps).map(WebApp::place).toList();
    Waiting.until(
        "the servers in use",
        () -> {
          List<String> inUse = new ArrayList<>();
          servers(backend)
              .forEach(
                  (place, state) -> {
                    if (state.startsWith("weight ") && !state.equals("weight 0")) {
                      inUse.add(place);
                    }
                  });
          assertThat(inUse).containsExactlyInAnyOrderElementsOf(places);
        });
  }

  /** A counter of a backend, as retries and errors of connections are. */
  String counter(String backend, String name) {
    List<String> lines = ask("show stat").lines().toList();
    int column = Arrays.asList(lines.get(0).split(",", -1)).indexOf(name);
    for (String line : lines) {
      if (line.startsWith(backend + ",BACKEND,")) {
        return line.split(",", -1)[column];
      }
    }
    return "no backend " + backend;
  }
}
