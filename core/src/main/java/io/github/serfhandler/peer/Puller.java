package io.github.serfhandler.peer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings a node up to what a peer holds: compares page by page, fetches what is newer there, and
 * gives it to a {@link Sink} in batches. Keeps up to two contents that came in part, 1 MiB each at
 * most, so that the next pull goes on with them, whoever the next peer is. Confined to one thread.
 */
public final class Puller {
  private static final int MAX_UNFINISHED = 2;

  private final PeerClient client;
  private final Sink sink;
  private final Duration limit;

  /** By product and key, the oldest first. */
  private final Map<String, Download> unfinished = new LinkedHashMap<>();

  /**
   * A puller.
   *
   * @param limits its limit for a pull counts; those of the client are the client's
   */
  public Puller(PeerClient client, Sink sink, PeerLimits limits) {
    this.client = client;
    this.sink = sink;
    this.limit = limits.pull();
  }

  /**
   * Pulls all that the peer has newer of a product. Faults of the peer are in the report: one that
   * concerns a key does not stop the others, one that concerns the peer ends the pull, after a
   * second try where that may help. What was fetched by then is given to the sink all the same.
   *
   * @throws InterruptedException where the thread was interrupted; what the sink has not taken by
   *     then is lost
   */
  public PullReport pull(String product, InetSocketAddress peer) throws InterruptedException {
    return new Pull(client, sink, this, product, peer, limit).run();
  }

  /** Takes a content that came in part out of what is kept; a new one where there is none. */
  Download resume(String product, String key, Held held) {
    Download kept = unfinished.remove(product + "/" + key);
    boolean same =
        kept != null
            && kept.held().revision().equals(held.revision())
            && kept.held().size() == held.size();
    return kept != null && same ? kept : new Download(product, key, held);
  }

  /** Keeps one that came in part; the oldest one gives way. */
  void keep(Download download) {
    if (download.offset() == 0) {
      return;
    }
    unfinished.put(download.product() + "/" + download.key(), download);
    if (unfinished.size() > MAX_UNFINISHED) {
      Iterator<Download> oldest = unfinished.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
