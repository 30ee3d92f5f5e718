package io.github.serfhandler.directory;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceFeed;
import io.github.serfhandler.source.SourceListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a feed was told of a tree, and what it is to be told next. Confined to one thread.
 *
 * <p>It always compares two looks, and tells of a key only what is the same in both: what differs
 * is still being written. Of a key it keeps what its file looks like, not what is in it.
 *
 * <p>Where more than half of the keys are gone at once, where another directory stands in the
 * root's place, and where a product can be looked into at last, it begins again with a listing: the
 * feed knows what to make of one that lacks much.
 */
final class Following {
  private static final int MAX_BATCH = 64;
  private static final String UNSETTLED = "is being written; it is taken when it stays as it is";

  private final Tree tree;
  private final SourceFeed feed;
  private final Map<String, TreeItem> told = new HashMap<>();
  private final Map<String, String> toldStrange = new HashMap<>();

  /** Keys whose files could not be read, and why: that changes without any trace on the file. */
  private final Map<String, String> unread = new HashMap<>();

  private final List<SourceEntry> batch = new ArrayList<>();
  private int batchBytes;
  private @Nullable SourceListing listing;
  private @Nullable Object root;
  private boolean listed;
  private boolean complete;

  Following(Tree tree, SourceFeed feed) {
    this.tree = tree;
    this.feed = feed;
  }

  /** Whether something may be to be told. */
  boolean differs(TreeLook look) {
    return needsListing(look)
        || !unread.isEmpty()
        || !look.strange().equals(toldStrange)
        || !changed(look).isEmpty();
  }

  /** Tells what both looks agree on. */
  void tell(TreeLook before, TreeLook now) throws InterruptedException {
    if (needsListing(now)) {
      list(before, now);
    } else {
      Set<String> names = changed(now);
      names.addAll(unread.keySet());
      for (String name : names) {
        if (now.agrees(before, name)) {
          change(name, before, now);
        }
      }
      flush();
    }
    tellStrange(before, now);
  }

  private boolean needsListing(TreeLook look) {
    if (!listed || !Objects.equals(root, look.root()) || (!complete && look.closed().isEmpty())) {
      return true;
    }
    int gone = 0;
    for (Map.Entry<String, TreeItem> each : told.entrySet()) {
      gone += isGone(each.getKey(), each.getValue(), look) ? 1 : 0;
    }
    return gone > 1 && gone * 2 > told.size();
  }

  /** The keys that look otherwise than they were told; those of closed products do not. */
  private Set<String> changed(TreeLook look) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, TreeItem> each : look.items().entrySet()) {
      if (!each.getValue().equals(told.get(each.getKey()))) {
        names.add(each.getKey());
      }
    }
    for (Map.Entry<String, TreeItem> each : told.entrySet()) {
      if (isGone(each.getKey(), each.getValue(), look)) {
        names.add(each.getKey());
      }
    }
    return names;
  }

  private static boolean isGone(String name, TreeItem item, TreeLook look) {
    return !look.items().containsKey(name) && !look.closed().contains(item.product());
  }

  private void change(String name, TreeLook before, TreeLook now) throws InterruptedException {
    TreeItem item = now.items().get(name);
    if (item != null) {
      value(item);
      return;
    }
    TreeItem gone = told.get(name);
    if (gone != null && isGone(name, gone, before) && isGone(name, gone, now)) {
      forget(name);
      add(SourceEntry.deleted(gone.product(), gone.key(), 0), 0);
    }
  }

  private void list(TreeLook before, TreeLook now) throws InterruptedException {
    told.clear();
    unread.clear();
    toldStrange.clear();
    root = now.root();
    listed = true;
    complete = now.closed().isEmpty();
    SourceListing begun = feed.list("");
    listing = begun;
    try {
      Set<String> names = new TreeSet<>(now.items().keySet());
      names.addAll(before.items().keySet());
      for (String name : names) {
        TreeItem item = now.items().get(name);
        if (item != null && now.agrees(before, name)) {
          value(item);
        } else {
          unsettled(Objects.requireNonNullElse(item, before.items().get(name)));
        }
      }
      flush();
    } finally {
      listing = null;
    }
    if (complete) {
      begun.end(0);
    } else {
      begun.endIncomplete(0);
    }
  }

  /** A key that is there, or was a moment ago: the next look tells. */
  private void unsettled(TreeItem item) {
    if (listing != null) {
      listing.unusable(item.product(), item.key(), UNSETTLED);
      // Not as it looks: then it would not be told any more.
      told.put(item.name(), item.unusable(UNSETTLED));
    }
  }

  private void value(TreeItem item) throws InterruptedException {
    if (!item.isUsable()) {
      told.put(item.name(), item);
      unread.remove(item.name());
      skip(item, item.problem());
      return;
    }
    Optional<byte[]> bytes;
    try {
      bytes = tree.read(item);
    } catch (IOException e) {
      String why = "can not be read: " + Tree.reason(e) + Tree.remedy(e);
      told.put(item.name(), item);
      if (!why.equals(unread.put(item.name(), why)) || listing != null) {
        skip(item, why);
      }
      return;
    }
    if (bytes.isEmpty()) {
      unsettled(item);
      return;
    }
    told.put(item.name(), item);
    unread.remove(item.name());
    add(
        SourceEntry.of(item.product(), item.key(), 0, item.format(), bytes.get()),
        bytes.get().length);
  }

  private void skip(TreeItem item, String why) {
    if (listing == null) {
      feed.skipped(item.name(), why);
    } else {
      listing.unusable(item.product(), item.key(), why);
    }
  }

  private void forget(String name) {
    told.remove(name);
    unread.remove(name);
  }

  private void add(SourceEntry entry, int bytes) throws InterruptedException {
    batch.add(entry);
    batchBytes += bytes;
    if (batch.size() >= MAX_BATCH || batchBytes >= ConfigUpdate.MAX_FILE_BYTES) {
      flush();
    }
  }

  private void flush() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<SourceEntry> entries = List.copyOf(batch);
    batch.clear();
    batchBytes = 0;
    if (listing == null) {
      feed.changed(entries);
    } else {
      listing.found(entries);
    }
  }

  /** What can be no key, and the products that can not be looked into. */
  private void tellStrange(TreeLook before, TreeLook now) {
    toldStrange.keySet().retainAll(now.strange().keySet());
    for (Map.Entry<String, String> each : now.strange().entrySet()) {
      String name = each.getKey();
      String why = each.getValue();
      if (why.equals(before.strange().get(name)) && !why.equals(toldStrange.put(name, why))) {
        feed.skipped(name, why);
      }
    }
  }
}
