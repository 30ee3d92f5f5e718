package io.github.serfhandler.peer;

import io.github.serfhandler.catalog.Names;
import io.github.serfhandler.config.RejectedException;
import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks peers what they hold and fetches it. Thread-safe. Nothing that a peer answers is passed on
 * before it is checked, and no answer takes more than 320 KiB or the time that the limits give. An
 * interrupt ends each method at once.
 */
public final class PeerClient {
  /** How many contents can be fetched at once. */
  public static final int MAX_BATCH = Question.MAX_WANTED;

  /** How long the contents may be that are fetched at once, all together, in bytes. */
  public static final int MAX_BATCH_BYTES = Reply.MAX_RAW;

  private final Seal seal;
  private final PeerLimits limits;

  /** One with the default limits. */
  public PeerClient(PeerSecret secret) {
    this(secret, PeerLimits.DEFAULT);
  }

  /** One with limits of its own. */
  public PeerClient(PeerSecret secret, PeerLimits limits) {
    this.seal = new Seal(secret);
    this.limits = limits;
  }

  /**
   * What a peer holds of a product, some hundred keys of it.
   *
   * @param after the last key of the page before; {@code ""} for the first page
   * @throws PeerException where it does not give it
   */
  public HeldPage held(InetSocketAddress peer, String product, String after)
      throws InterruptedException {
    String what = "asking peer " + text(peer) + " what it holds of " + product;
    Reply reply = ask(peer, new Question.OfHeld(checked(product), after), what);
    try {
      return HeldJson.parse(reply.head(), after);
    } catch (JsonException | IllegalArgumentException | RejectedException e) {
      throw wrong(what, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Fetches what is missing of a content, in parts of 256 KiB. What came is kept where it fails, so
   * that another call, with this or another peer, goes on there; only where all of it turns out to
   * be wrong it is forgotten.
   *
   * @return the content; its SHA-256 is that of the revision
   * @throws PeerException where the peer does not give it
   */
  public byte[] fetch(InetSocketAddress peer, Download download) throws InterruptedException {
    String what =
        "fetching "
            + download.product()
            + "/"
            + download.key()
            + " "
            + download.held().revision()
            + " from peer "
            + text(peer);
    while (!download.isWhole()) {
      download.append(part(peer, download, what));
    }
    if (!download.verify()) {
      throw PeerException.ofKey(
          what
              + ": its SHA-256 is not the one that was announced; dropped. One of the peers that it"
              + " came from holds a broken file");
    }
    return download.content().orElseThrow();
  }

  private byte[] part(InetSocketAddress peer, Download download, String what)
      throws InterruptedException {
    Wanted wanted = new Wanted(download.key(), download.held().revision());
    Reply reply =
        ask(
            peer,
            new Question.OfContent(checked(download.product()), wanted, download.offset()),
            what);
    long total;
    try {
      total = reply.head().required("total").asLong();
    } catch (JsonException e) {
      throw wrong(what, String.valueOf(e.getMessage()));
    }
    long size = download.held().size();
    if (total != size) {
      throw PeerException.ofKey(
          what
              + ": it is "
              + total
              + " bytes long, announced were "
              + size
              + "; ask again what the"
              + " peers hold");
    }
    if (reply.raw().length != Math.min(Reply.MAX_RAW, size - download.offset())) {
      throw wrong(what, "a part of " + reply.raw().length + " bytes");
    }
    return reply.raw();
  }

  /**
   * What came of a batch.
   *
   * @param contents by key; the SHA-256 of each is that of its revision
   * @param failures why the others did not come, by key
   */
  public record Batch(
      SortedMap<String, byte[]> contents, SortedMap<String, PeerException> failures) {
    @Override
    public String toString() {
      return contents.size() + " contents, " + failures.size() + " failures";
    }
  }

  /**
   * Fetches contents, whole, in one request.
   *
   * @param wanted up to {@link #MAX_BATCH}, none of them deleted, together not longer than {@link
   *     #MAX_BATCH_BYTES}
   * @throws IllegalArgumentException where it is more
   * @throws PeerException where the peer gives none of them
   */
  public Batch contents(InetSocketAddress peer, String product, SortedMap<String, Held> wanted)
      throws InterruptedException {
    String what = "fetching " + wanted.size() + " keys of " + product + " from peer " + text(peer);
    List<Wanted> list = new ArrayList<>(wanted.size());
    long bytes = 0;
    for (Map.Entry<String, Held> one : wanted.entrySet()) {
      list.add(new Wanted(one.getKey(), one.getValue().revision()));
      bytes += one.getValue().size();
    }
    if (list.size() > MAX_BATCH || bytes > MAX_BATCH_BYTES) {
      throw new IllegalArgumentException(what + ": " + bytes + " bytes are too many at once");
    }
    Reply reply = ask(peer, new Question.OfContents(checked(product), list), what);
    try {
      return batch(reply, wanted, what);
    } catch (JsonException | IllegalArgumentException e) {
      throw wrong(what, String.valueOf(e.getMessage()));
    }
  }

  private static Batch batch(Reply reply, SortedMap<String, Held> wanted, String what) {
    JsonArray sizes = reply.head().required("sizes").asArray();
    if (sizes.size() != wanted.size()) {
      throw new IllegalArgumentException(sizes.size() + " answers");
    }
    SortedMap<String, byte[]> contents = new TreeMap<>();
    SortedMap<String, PeerException> failures = new TreeMap<>();
    int at = 0;
    int i = 0;
    for (Map.Entry<String, Held> one : wanted.entrySet()) {
      long size = sizes.elements().get(i++).asLong();
      if (size < -1 || size > reply.raw().length - at) {
        throw new IllegalArgumentException("a content of " + size + " bytes");
      }
      byte[] content = Arrays.copyOfRange(reply.raw(), at, at + (int) Math.max(0, size));
      at += content.length;
      Optional<String> problem = problem(one.getValue(), size, content);
      if (problem.isPresent()) {
        failures.put(
            one.getKey(), PeerException.ofKey(what + ": " + one.getKey() + ": " + problem.get()));
      } else {
        contents.put(one.getKey(), content);
      }
    }
    if (at != reply.raw().length) {
      throw new IllegalArgumentException("more bytes than contents");
    }
    return new Batch(contents, failures);
  }

  private static Optional<String> problem(Held held, long size, byte[] content) {
    if (size < 0) {
      return Optional.of(Fault.CONTENT.words());
    }
    if (size != held.size() || !held.revision().sha256().equals(Download.hex(content))) {
      return Optional.of(
          "its size or SHA-256 is not the one that was announced; dropped. That peer holds a broken"
              + " file");
    }
    return Optional.empty();
  }

  private Reply ask(InetSocketAddress peer, Question question, String what)
      throws InterruptedException {
    if (peer.isUnresolved()) {
      throw PeerException.passing(what + ": that name has no address", null);
    }
    byte[] request = seal.request(question.bytes());
    HttpMessage message;
    try {
      message = Exchange.post(peer, request, Reply.MAX_BYTES + Seal.OVERHEAD, limits);
    } catch (Exchange.MalformedReply e) {
      throw wrong(what, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw PeerException.passing(
          what + ": " + reason(e) + "; is its peer port on, and can it be reached from here?", e);
    }
    requireOk(message.firstLine(), what);
    Optional<byte[]> plain = seal.openReply(message.body(), request);
    if (plain.isEmpty()) {
      throw wrong(what, "the answer is not sealed as the one to this request");
    }
    return checked(plain.get(), what);
  }

  private static void requireOk(String statusLine, String what) {
    if (statusLine.startsWith("HTTP/1.1 403")) {
      throw PeerException.lasting(
          what + ": it refuses; give both nodes the same peer secret", null);
    }
    if (!statusLine.startsWith("HTTP/1.1 200")) {
      throw wrong(what, "an answer that no peer port gives");
    }
  }

  private static Reply checked(byte[] plain, String what) {
    Reply reply;
    Optional<String> code;
    try {
      reply = Reply.parse(plain);
      code = reply.head().member("fault").map(JsonValue::asText);
    } catch (JsonException | IllegalArgumentException e) {
      throw wrong(what, String.valueOf(e.getMessage()));
    }
    if (code.isEmpty()) {
      return reply;
    }
    Fault fault = Fault.of(code.get());
    if (fault == null) {
      throw wrong(what, "a reason that this version does not know");
    }
    String message = what + ": " + fault.words();
    throw switch (fault) {
      case VERSION, QUESTION, PRODUCT -> PeerException.lasting(message, null);
      case CONTENT -> PeerException.ofKey(message);
      case SHELF -> PeerException.passing(message, null);
    };
  }

  private static PeerException wrong(String what, String problem) {
    return PeerException.lasting(
        what
            + ": "
            + problem
            + "; see whether that is the peer port of a serf-handler as new as"
            + " this one",
        null);
  }

  private static String checked(String product) {
    return Names.requireLegal("product", product);
  }

  /** An address for messages, and as HTTP writes it. */
  static String text(InetSocketAddress peer) {
    String host = peer.isUnresolved() ? peer.getHostString() : peer.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + peer.getPort();
  }

  /** Why it failed; some exceptions are their own reason. */
  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
