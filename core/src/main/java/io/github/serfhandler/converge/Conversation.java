package io.github.serfhandler.converge;

import io.github.serfhandler.config.Revision;
import io.github.serfhandler.converge.Quarrels.Standing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that nodes tell each other about one product, seen from one of them. Confined to one thread.
 *
 * <p>Trickle says now and then what is held: the sum of all, or where these are few, each key. Who
 * holds something else answers, after a random time in which it mostly hears another do so:
 *
 * <ul>
 *   <li>a sum with the 16 sums one digit further, or where the keys are few, with a list of them;
 *   <li>a list that lacks something with the updates themselves ({@link Repairs});
 *   <li>a list that holds something newer with the own list, so that a holder sees what is lacking.
 * </ul>
 *
 * <p>What waits to be said is only the prefix: what it says is made when it is sent. It is dropped
 * when another says the same, or when the message that called for it has become what is held here.
 * Who has just spoken is in conversation: it answers at once, while all others still wait for their
 * windows. So a conversation is held by one of each side, however many listen.
 */
final class Conversation {
  /** So many answers wait at most. */
  static final int MOST_WANTED = 256;

  private static final long NEVER = Long.MAX_VALUE;

  /** Of so many messages one tells what is held, where repairs wait as well. */
  private static final int TURNS = 4;

  /** In how many times the delay of a message what is on its way has certainly arrived. */
  private static final int DELAYS = 4;

  /** How many delays who has begun to speak listens for others who have. */
  private static final int LISTENS = 2;

  /** In how many of the shortest intervals one search is enough, where updates flow in. */
  private static final int SEARCHES = 5;

  private static final long SECOND = 1_000_000_000L;

  /** The longest line of a list, and what is around the lines. */
  private static final int LINE_LENGTH = 46;

  private static final int LIST_LENGTH = Prefix.MAX_DIGITS + 8;

  /** What called for an answer, and whether it calls for a list, where that is not too long. */
  private record Cause(Prefix prefix, Sum sum, boolean list) {}

  /** What Trickle wants to be said, called for by nothing. */
  private static final Optional<Cause> TRICKLES = Optional.empty();

  private final String product;
  private final Voice voice;
  private final Ranges ranges = new Ranges();
  private final Trickle trickle;
  private final Pulls pulls;
  private final Repairs repairs = new Repairs();
  private final Quarrels quarrels;
  private final Map<Prefix, Optional<Cause>> wanted = new LinkedHashMap<>(2);
  private final int leaf;
  private long wantedAt = NEVER;
  private long repairsAt = NEVER;
  private long repairsSince;
  private long repairsUntil;
  private long changedAt = Long.MIN_VALUE;
  private long soughtAt = Long.MIN_VALUE;
  private long talksUntil = Long.MIN_VALUE;
  private long goesOnAt = Long.MIN_VALUE;
  private int turn;
  private long agreesSince = NEVER;
  private long lastMismatch = NEVER;

  Conversation(String product, Voice voice, long now) {
    this.product = product;
    this.voice = voice;
    this.trickle = new Trickle(voice.settings(), voice.windows(), now);
    this.pulls = new Pulls(product, voice);
    this.quarrels = new Quarrels(voice.settings().imax().toNanos());
    int room = voice.settings().payload() - Digest.emptyLength(product, "") - LIST_LENGTH;
    this.leaf = Math.max(1, Math.min(voice.settings().leaf(), room / LINE_LENGTH));
  }

  /** This node holds a revision of a key. */
  void holds(String key, Revision revision, long now) {
    long hash = Line.keyHash(key);
    Held held = ranges.find(hash);
    if (held != null && !held.name().equals(key)) {
      if (held.name().compareTo(key) < 0) {
        return;
      }
      remove(held);
      held = null;
    }
    if (held == null) {
      ranges.add(new Held(key, hash, revision, now));
    } else if (held.revision().equals(revision)) {
      return;
    } else {
      ranges.become(held, revision);
      held.newsAt = now;
      unarm(held);
    }
    changedAt = now;
    quarrels.reset();
    trickle.inconsistent(voice.windows(), now);
  }

  /** This node holds nothing of a key any more. */
  void dropped(String key, long now) {
    Held held = ranges.find(Line.keyHash(key));
    if (held != null && held.name().equals(key)) {
      remove(held);
      quarrels.reset();
      trickle.inconsistent(voice.windows(), now);
    }
  }

  private void remove(Held held) {
    unarm(held);
    ranges.remove(held);
  }

  /** An update was heard; whether it was this node's own. */
  boolean heard(String key, Revision revision, long now) {
    Held held = ranges.find(Line.keyHash(key));
    if (held == null || !held.name().equals(key) || held.revision().isNewerThan(revision)) {
      return false;
    }
    boolean echo = held.echo;
    held.echo = false;
    held.newsAt = now;
    if (unarm(held) && !echo) {
      leaveToOthers(now);
    }
    return echo;
  }

  /** Takes a key out of those that wait for their repair; whether it was there. */
  private boolean unarm(Held held) {
    boolean waited = repairs.remove(held);
    if (repairs.isEmpty()) {
      repairsAt = NEVER;
    }
    return waited;
  }

  /** Another repairs what this node was about to: let it go on, as long as it does. */
  private void leaveToOthers(long now) {
    // Of two who are at it one yields, sooner or later.
    if (talks(now) && voice.random().nextBoolean()) {
      talksUntil = now;
    }
    if (!repairs.isEmpty() && !talks(now)) {
      repairsAt = now + voice.windows().among();
    }
  }

  /** A digest of another was heard. */
  void heard(Digest digest, long now) {
    List<Item> differing = new ArrayList<>();
    Sum all = null;
    long more = 0;
    for (Item item : digest.items()) {
      Sum mine = ranges.sum(item.prefix());
      if (mine.equals(item.sum())) {
        agreed(item.prefix(), now);
      } else {
        differing.add(item);
        long here = (long) item.sum().count() - mine.count();
        more = Math.abs(here) > Math.abs(more) ? here : more;
        all = item.prefix().equals(Prefix.ALL) ? item.sum() : all;
      }
    }
    if (differing.isEmpty()) {
      return;
    }
    voice.counters().mismatches++;
    agreesSince = NEVER;
    lastMismatch = now;
    Standing standing = all == null ? Standing.OPEN : quarrels.heard(all, now);
    if (standing == Standing.QUIET) {
      return;
    }
    if (standing == Standing.OPEN && !quarrels.stand()) {
      trickle.inconsistent(voice.windows(), now);
    }
    if (pulls.take(digest.node(), all, ranges.sum(), more, differing.size(), now)) {
      return;
    }
    for (Item item : differing) {
      if (item.lines().isPresent()) {
        compare(item, item.lines().get(), now);
      } else if (seeks(item.prefix(), now)) {
        narrow(item, now);
      }
    }
  }

  private void agreed(Prefix prefix, long now) {
    boolean all = prefix.equals(Prefix.ALL);
    boolean waited = wanted.containsKey(prefix);
    unwant(prefix);
    if (all || waited) {
      talksUntil = now;
    }
    if (all) {
      trickle.consistent();
      pulls.agreed(ranges.sum(), now);
      agreesSince = Math.min(agreesSince, now);
    }
  }

  /**
   * Whether to look for what makes a sum differ. Not while repairs are under way, for they are the
   * answer. And where updates flow in sums always differ, mostly by what is on its way: then one
   * search in a while is enough.
   */
  private boolean seeks(Prefix prefix, long now) {
    if (repairs.size() > leaf) {
      return false;
    }
    if (!prefix.equals(Prefix.ALL)) {
      return true;
    }
    boolean flows = changedAt != Long.MIN_VALUE && now - changedAt < onItsWay();
    if (flows && soughtAt != Long.MIN_VALUE && now - soughtAt < SEARCHES * voice.windows().imin()) {
      return false;
    }
    soughtAt = now;
    return true;
  }

  /** In which time what was sent has certainly arrived. */
  private long onItsWay() {
    return DELAYS * voice.windows().delay();
  }

  /** Answers a sum that differs. */
  private void narrow(Item item, long now) {
    Prefix prefix = item.prefix();
    if (isList(prefix) || prefix.digits() == Prefix.MAX_DIGITS) {
      want(prefix, new Cause(prefix, item.sum(), true), now);
      return;
    }
    unwant(prefix);
    // Most of them are equal: sums are shorter.
    Cause cause = new Cause(prefix, item.sum(), false);
    for (int i = 0; i < Prefix.FANOUT; i++) {
      want(prefix.child(i), cause, now);
    }
  }

  /** Answers a list that differs. Both are in the order of the keys' hashes. */
  private void compare(Item item, List<Line> theirs, long now) {
    List<Held> mine = ranges.within(item.prefix());
    int at = 0;
    for (Line line : theirs) {
      while (at < mine.size() && Long.compareUnsigned(mine.get(at).line().key(), line.key()) < 0) {
        arm(mine.get(at), now);
        at++;
      }
      Held held = null;
      if (at < mine.size() && mine.get(at).line().key() == line.key()) {
        held = mine.get(at);
        at++;
      }
      if (held == null || line.isNewerThan(held.line())) {
        lack(item, line.key(), now);
      } else if (held.line().isNewerThan(line)) {
        arm(held, now);
      }
    }
    for (Held held : mine.subList(at, mine.size())) {
      arm(held, now);
    }
  }

  /** Another lacks what is held here, or is about to hear it. */
  private void arm(Held held, long now) {
    if (now - held.newsAt < onItsWay() || held.waiting != Held.NOT_WAITING) {
      return;
    }
    repairs.add(held);
    long needed = repairs.size() * SECOND / voice.settings().rate();
    repairsUntil = now + 2 * needed + 4 * voice.windows().window();
    if (repairsAt == NEVER) {
      repairsAt = now + answerDelay(now);
      repairsSince = now;
    }
  }

  /** Another holds a newer revision of a key: to see what is lacking it needs a list. */
  private void lack(Item item, long key, long now) {
    Prefix prefix = item.prefix();
    while (!isList(prefix) && prefix.digits() < Prefix.MAX_DIGITS) {
      prefix = prefix.towards(key);
    }
    want(prefix, new Cause(item.prefix(), item.sum(), true), now);
  }

  private void want(Prefix prefix, Cause cause, long now) {
    Optional<Cause> before = wanted.get(prefix);
    if (before != null) {
      if (cause.list() && before.isPresent()) {
        wanted.put(prefix, Optional.of(cause));
      }
      return;
    }
    if (wanted.size() >= MOST_WANTED) {
      voice.counters().answersDropped++;
      return;
    }
    wanted.put(prefix, Optional.of(cause));
    if (wantedAt == NEVER) {
      wantedAt = now + answerDelay(now);
    }
  }

  private void unwant(Prefix prefix) {
    if (wanted.remove(prefix) != null && wanted.isEmpty()) {
      wantedAt = NEVER;
    }
  }

  private boolean isList(Prefix prefix) {
    return ranges.sum(prefix).count() <= leaf;
  }

  private boolean talks(long now) {
    return now < talksUntil && !voice.pace().isCrowded(now);
  }

  private long answerDelay(long now) {
    Windows windows = voice.windows();
    return talks(now)
        ? Math.max(0, goesOnAt - now) + windows.alone(windows.delay() / 4)
        : windows.among();
  }

  /** Something happened that lets expect differences. */
  void disturbed(long now) {
    quarrels.reset();
    trickle.inconsistent(voice.windows(), now);
  }

  /**
   * Others have said so much that the pace allows nothing more until then. A window that would end
   * meanwhile begins anew, for its early part is what lets few speak before the rest have heard.
   */
  void postpone(long until, long now) {
    if (!talks(now)) {
      wantedAt = wantedAt == NEVER ? NEVER : until + voice.windows().among();
      repairsAt = repairsAt == NEVER ? NEVER : until + voice.windows().among();
    }
  }

  /** Whether something waits to be said. */
  boolean waits() {
    return wantedAt != NEVER || repairsAt != NEVER;
  }

  /** When {@link #run} has something to do. */
  long next() {
    return Math.min(Math.min(trickle.next(), pulls.next()), Math.min(wantedAt, repairsAt));
  }

  /** Does what is due; says one thing at most. */
  void run(long now) {
    if (trickle.next() <= now && trickle.run(voice.windows(), now)) {
      wanted.put(Prefix.ALL, TRICKLES);
      // What is left of a busy moment is the end of everybody's windows: begin another.
      boolean busy = voice.pace().wasEmptySince(now - voice.windows().window());
      wantedAt = Math.min(wantedAt, busy ? now + voice.windows().among() : now);
    }
    pulls.run(ranges.sum(), now);
    if (Math.min(wantedAt, repairsAt) > now) {
      return;
    }
    long at = voice.mayAt(now, talks(now));
    if (at > now) {
      wantedAt = wantedAt <= now ? at : wantedAt;
      repairsAt = repairsAt <= now ? at : repairsAt;
      return;
    }
    boolean repairsDue = repairsAt <= now || overdue(now);
    boolean repair = repairsDue && (wantedAt > now || turn % TURNS != 0);
    turn++;
    if (repair || (!say(now) && repairsDue)) {
      repair(now);
    }
  }

  /**
   * Whether repairs wait that nobody else sent in all the time that they were postponed. They need
   * not wait for their own moment then: where only few are left, digests would take them all.
   */
  private boolean overdue(long now) {
    return repairsAt != NEVER && now - repairsSince > 2 * voice.windows().window();
  }

  private void repair(long now) {
    Held held = repairs.take(voice.random());
    held.echo = true;
    held.newsAt = now;
    if (now > repairsUntil) {
      // All the others should have been sent by now, by whomever. What was not is asked for again.
      repairs.clear();
    }
    try {
      voice.repair(product, held.name(), now);
    } finally {
      // Also where the network fails: what is due for ever would be tried without end.
      spoke(now);
      repairsAt = repairs.isEmpty() ? NEVER : goesOnAt;
      repairsSince = now;
    }
  }

  /** Says as much as one message holds of what waits; whether there was anything. */
  private boolean say(long now) {
    String node = voice.network().self();
    int limit = voice.settings().payload();
    int room = limit - Digest.emptyLength(product, node);
    List<Item> items = new ArrayList<>();
    if (wanted.remove(Prefix.ALL, TRICKLES)) {
      // First: whatever others ask for must not keep this node from saying what it holds.
      Item item = item(Prefix.ALL, true);
      node = Digest.length(item) > room ? "" : node;
      room = limit - Digest.emptyLength(product, node) - Digest.length(item);
      items.add(item);
    }
    Iterator<Map.Entry<Prefix, Optional<Cause>>> all = wanted.entrySet().iterator();
    while (all.hasNext() && items.size() < DigestReader.MAX_ITEMS) {
      Map.Entry<Prefix, Optional<Cause>> one = all.next();
      if (isSettled(one.getValue())) {
        all.remove();
        continue;
      }
      Item item = item(one.getKey(), one.getValue().map(Cause::list).orElse(true));
      int length = Digest.length(item);
      if (length > room && items.isEmpty() && !node.isEmpty()) {
        node = "";
        room = limit - Digest.emptyLength(product, node);
      }
      if (length > room) {
        break;
      }
      items.add(item);
      room -= length;
      all.remove();
    }
    if (!items.isEmpty()) {
      voice.digest(new Digest(product, node, items).payload(), now);
      spoke(now);
    }
    wantedAt = wanted.isEmpty() ? NEVER : goesOnAt;
    return !items.isEmpty();
  }

  private boolean isSettled(Optional<Cause> cause) {
    return cause.isPresent() && ranges.sum(cause.get().prefix()).equals(cause.get().sum());
  }

  private Item item(Prefix prefix, boolean list) {
    Sum sum = ranges.sum(prefix);
    if (sum.count() > (list ? leaf : 1)) {
      return Item.ofSum(prefix, sum);
    }
    List<Line> lines = new ArrayList<>(sum.count());
    for (Held held : ranges.within(prefix)) {
      lines.add(held.line());
    }
    return Item.ofLines(prefix, lines);
  }

  /** It is in conversation from now on, as soon as it would have heard of others who are, too. */
  private void spoke(long now) {
    if (!talks(now)) {
      goesOnAt = now + LISTENS * voice.windows().delay();
    }
    goesOnAt = Math.max(goesOnAt, voice.pace().ownAt());
    talksUntil = now + 2 * voice.windows().window();
  }

  ProductStatus status() {
    return new ProductStatus(
        ranges.sum().count(), time(agreesSince), time(lastMismatch), repairs.size());
  }

  private static OptionalLong time(long at) {
    return at == NEVER ? OptionalLong.empty() : OptionalLong.of(at);
  }
}
