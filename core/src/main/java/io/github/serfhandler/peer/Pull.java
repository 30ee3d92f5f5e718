package io.github.serfhandler.peer;

import io.github.serfhandler.config.Revision;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One run of a {@link Puller}. Confined to one thread, used once. */
final class Pull {
  /** What is fetched with others in one request, in bytes. */
  static final int SMALL = 4 * 1024;

  /** More keys than any product is meant to have: who tells of more is not believed. */
  static final int MAX_KEYS = 100_000;

  private static final int MAX_ITEMS = 256;
  private static final int MAX_ITEM_BYTES = 1024 * 1024;

  private final PeerClient client;
  private final Sink sink;
  private final Puller puller;
  private final String product;
  private final InetSocketAddress peer;
  private final Duration limit;
  private final long start = System.nanoTime();

  private SortedMap<String, Held> batch = new TreeMap<>();
  private long batchBytes;
  private List<PulledItem> items = new ArrayList<>();
  private long itemBytes;

  private int compared;
  private int fetched;
  private int refused;
  private int failed;
  private Optional<PeerException> problem = Optional.empty();

  Pull(
      PeerClient client,
      Sink sink,
      Puller puller,
      String product,
      InetSocketAddress peer,
      Duration limit) {
    this.client = client;
    this.sink = sink;
    this.puller = puller;
    this.product = product;
    this.peer = peer;
    this.limit = limit;
  }

  PullReport run() throws InterruptedException {
    boolean complete = true;
    try {
      pages();
      fetchBatch();
    } catch (PeerException e) {
      complete = false;
      failed += batch.size();
      problem = Optional.of(e);
    }
    deliver();
    return new PullReport(compared, fetched, refused, failed, complete, problem);
  }

  private void pages() throws InterruptedException {
    String after = "";
    boolean more = true;
    while (more) {
      HeldPage page = page(after);
      for (Map.Entry<String, Held> one : page.keys().entrySet()) {
        compare(one.getKey(), one.getValue());
      }
      more = page.more();
      after = page.keys().isEmpty() ? after : page.keys().lastKey();
    }
  }

  private HeldPage page(String after) throws InterruptedException {
    requireTime();
    try {
      return client.held(peer, product, after);
    } catch (PeerException e) {
      requireRetry(e);
      return client.held(peer, product, after);
    }
  }

  private void compare(String key, Held theirs) throws InterruptedException {
    if (++compared > MAX_KEYS) {
      throw PeerException.lasting(
          what() + ": it tells of more than " + MAX_KEYS + " keys; see what it holds there", null);
    }
    Optional<Revision> ours = sink.revision(product, key);
    if (ours.isPresent() && !theirs.revision().isNewerThan(ours.get())) {
      return;
    }
    if (theirs.revision().deleted()) {
      add(key, theirs, Optional.empty());
    } else if (theirs.size() > Held.MAX_SIZE) {
      failed++;
      note(
          PeerException.ofKey(
              what()
                  + ": "
                  + key
                  + " is "
                  + theirs.size()
                  + " bytes long; the longest that is"
                  + " taken is "
                  + Held.MAX_SIZE));
    } else if (theirs.size() > SMALL) {
      fetchLarge(key, theirs);
    } else {
      if (batch.size() == PeerClient.MAX_BATCH
          || batchBytes + theirs.size() > PeerClient.MAX_BATCH_BYTES) {
        fetchBatch();
      }
      batch.put(key, theirs);
      batchBytes += theirs.size();
    }
  }

  private void fetchLarge(String key, Held theirs) throws InterruptedException {
    requireTime();
    Download download = puller.resume(product, key, theirs);
    try {
      byte[] content = fetch(download);
      add(key, theirs, Optional.of(content));
    } catch (PeerException e) {
      failed++;
      if (e.ofPeer()) {
        throw e;
      }
      note(e);
    } finally {
      if (download.content().isEmpty()) {
        puller.keep(download);
      }
    }
  }

  private byte[] fetch(Download download) throws InterruptedException {
    try {
      return client.fetch(peer, download);
    } catch (PeerException e) {
      requireRetry(e);
      return client.fetch(peer, download);
    }
  }

  private void fetchBatch() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    requireTime();
    PeerClient.Batch come;
    try {
      come = client.contents(peer, product, batch);
    } catch (PeerException e) {
      requireRetry(e);
      come = client.contents(peer, product, batch);
    }
    SortedMap<String, Held> asked = batch;
    batch = new TreeMap<>();
    batchBytes = 0;
    failed += come.failures().size();
    come.failures().values().forEach(this::note);
    for (Map.Entry<String, byte[]> one : come.contents().entrySet()) {
      Held theirs = asked.get(one.getKey());
      if (theirs != null) {
        add(one.getKey(), theirs, Optional.of(one.getValue()));
      }
    }
  }

  private void add(String key, Held theirs, Optional<byte[]> content) throws InterruptedException {
    items.add(new PulledItem(product, key, theirs.revision(), theirs.signature(), content));
    itemBytes += theirs.size();
    if (items.size() == MAX_ITEMS || itemBytes >= MAX_ITEM_BYTES) {
      deliver();
    }
  }

  private void deliver() throws InterruptedException {
    if (items.isEmpty()) {
      return;
    }
    List<PulledItem> batchOfItems = items;
    items = new ArrayList<>();
    itemBytes = 0;
    refused += sink.take(List.copyOf(batchOfItems));
    fetched += batchOfItems.size();
  }

  private void note(PeerException e) {
    if (problem.isEmpty()) {
      problem = Optional.of(e);
    }
  }

  /** Goes on where a second try may help; it is the only one. */
  private void requireRetry(PeerException e) {
    if (!e.ofPeer() || !e.retryMayHelp()) {
      throw e;
    }
    requireTime();
  }

  private void requireTime() {
    if (System.nanoTime() - start > limit.toNanos()) {
      throw PeerException.passing(
          what() + ": not done within " + limit.toMillis() + " ms; the next pull goes on from here",
          null);
    }
  }

  private String what() {
    return "pulling " + product + " from peer " + PeerClient.text(peer);
  }
}
