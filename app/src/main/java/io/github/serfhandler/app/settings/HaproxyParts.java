package io.github.serfhandler.app.settings;

import io.github.serfhandler.app.text.Printable;
import io.github.serfhandler.haproxy.Balance;
import io.github.serfhandler.haproxy.Bind;
import io.github.serfhandler.haproxy.HaproxySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stateless: what a file's entry says for HAProxy alone. */
final class HaproxyParts {
  /** The parts of an entry that are read here. */
  static final List<String> PARTS =
      List.of("protocol", "balance", "bind", "slots", "socket", "head", "drain");

  private static final WordType<HaproxySettings.Mode> PROTOCOL =
      new WordType<>(
          List.of("tcp", "http"), List.of(HaproxySettings.Mode.TCP, HaproxySettings.Mode.HTTP));
  static final IntType SLOTS = new IntType(0, HaproxySettings.MAX_SLOTS);
  static final DurationType DRAIN = new DurationType(Duration.ZERO, Duration.ofHours(24));

  private HaproxyParts() {}

  static HaproxySettings read(EntryParts parts, Optional<String> product) throws BadEntryException {
    HaproxySettings.Builder settings = HaproxySettings.builder();
    if (product.isPresent()) {
      settings.product(product.get());
    }
    Optional<Integer> slots = parts.value("slots", SLOTS);
    if (slots.isPresent()) {
      settings.slots(slots.get());
    }
    Optional<Duration> drain = parts.value("drain", DRAIN);
    if (drain.isPresent()) {
      settings.drain(drain.get());
    }
    Optional<HaproxySettings.Mode> protocol = parts.value("protocol", PROTOCOL);
    if (protocol.isPresent()) {
      settings.mode(protocol.get());
    }
    String part = "balance";
    try {
      Optional<String> balance = parts.text(part);
      if (balance.isPresent()) {
        settings.balance(Balance.of(balance.get()));
      }
      part = "bind";
      YamlEntry.Part binds = parts.part(part);
      List<Bind> parsed = new ArrayList<>();
      for (String bind : binds == null ? List.<String>of() : binds.texts()) {
        parsed.add(Bind.parse(bind.trim(), product));
      }
      settings.binds(parsed);
      part = "socket";
      Optional<Path> socket = parts.value(part, new PathType("SOCKET"));
      if (socket.isPresent()) {
        settings.socket(socket.get());
      }
      part = "head";
      Optional<Path> head = parts.value(part, new PathType("FILE"));
      if (head.isPresent()) {
        settings.head(head.get());
      }
      return settings.build();
    } catch (IllegalArgumentException e) {
      throw new BadEntryException(
          parts.line(part), part + ": " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
