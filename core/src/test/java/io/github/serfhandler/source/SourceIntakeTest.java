package io.github.serfhandler.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import io.github.serfhandler.replica.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceIntakeTest {
  private final MemoryStore store = new MemoryStore();

  @TempDir Path directory;

  private WatchingNode node(Deletes deletes) {
    return new WatchingNode(directory, store, deletes);
  }

  private static JsonObject json(String text) {
    return JsonValue.parse(text.getBytes(StandardCharsets.UTF_8)).asObject();
  }

  private static ConfigUpdate byHand(String key, long version, String text) {
    return new ConfigUpdate("shop", key, version, json(text));
  }

  @Test
  void publishesWhatAListingHasAndTheCopyLacks() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      SourceEntry db = store.put("shop/db", "{\"a\":1}");
      store.put("search/limits", "{}");
      store.list(node.intake);
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.version("shop/db")).isEqualTo(db.revision());
      assertThat(node.content("search/limits")).isEqualTo("{}");
      assertThat(node.outbox.size()).isEqualTo(2);
      assertThat(node.intake.state()).isEqualTo("following");
      assertThat(node.intake.counters().published).hasValue(2);
    }
  }

  @Test
  void sendsNothingOfAListingThatTheCopyHoldsAlready() throws Exception {
    store.put("shop/db", "{\"a\":1}");
    store.put("shop/limits", "{\"b\":2}");
    try (WatchingNode node = node(Deletes.OFF)) {
      store.list(node.intake);
      node.known.save();
    }
    try (WatchingNode again = node(Deletes.OFF)) {
      store.list(again.intake);
      assertThat(again.outbox.size()).isZero();
      assertThat(again.intake.counters().unchanged).hasValue(2);
      assertThat(again.warnings()).isEmpty();
    }
  }

  @Test
  void sendsOnlyTheLastOfSeveralChangesOfOneKey() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.list(node.intake);
      SourceEntry one = store.put("shop/db", "{\"a\":1}");
      SourceEntry two = store.put("shop/db", "{\"a\":2}");
      node.intake.changed(List.of(one, two));
      assertThat(node.version("shop/db")).isEqualTo(two.revision());
      assertThat(node.intake.counters().published).hasValue(1);
      assertThat(node.outbox.size()).isEqualTo(1);
    }
  }

  @Test
  void liftsTheVersionOverAnOlderAgeOfTheStore() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      for (int i = 0; i < 50; i++) {
        node.intake.changed(List.of(store.put("shop/db", "{\"a\":" + i + "}")));
      }
      store.list(node.intake);
      long before = node.version("shop/db");
      store.rebuild("two");
      SourceEntry entry = store.put("shop/db", "{\"a\":\"new\"}");
      assertThat(entry.revision()).isLessThan(before);
      store.list(node.intake);
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":\"new\"}");
      assertThat(node.version("shop/db")).isEqualTo(before + 1);
      assertThat(node.intake.counters().lifted).hasValue(1);
      assertThat(node.warnings())
          .anyMatch(line -> line.contains("is not the store that was followed before"))
          .anyMatch(line -> line.contains("shop/db version " + (before + 1) + " goes out above"));
      node.intake.changed(List.of(store.put("shop/db", "{\"a\":\"newer\"}")));
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":\"newer\"}");
      assertThat(node.version("shop/db")).isEqualTo(before + 2);
    }
  }

  @Test
  void countsOnByItselfWhereTheStoreHasNoNumbers() throws Exception {
    MemoryStore unnumbered = new MemoryStore(false);
    try (WatchingNode node = new WatchingNode(directory, unnumbered, Deletes.OFF)) {
      unnumbered.put("shop/db", "{\"a\":1}");
      unnumbered.list(node.intake);
      assertThat(node.version("shop/db")).isEqualTo(1);
      node.intake.changed(List.of(unnumbered.put("shop/db", "{\"a\":2}")));
      assertThat(node.version("shop/db")).isEqualTo(2);
      assertThat(node.warnings()).isEmpty();
    }
    try (WatchingNode again = new WatchingNode(directory, unnumbered, Deletes.OFF)) {
      unnumbered.list(again.intake);
      assertThat(again.version("shop/db")).isEqualTo(2);
    }
  }

  @Test
  void neverOverrulesWhatIsNewerByWhatWasToldLate() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      SourceEntry old = store.put("shop/db", "{\"a\":1}");
      SourceEntry now = store.put("shop/db", "{\"a\":2}");
      node.intake.changed(List.of(now));
      node.intake.changed(List.of(old));
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":2}");
      assertThat(node.version("shop/db")).isEqualTo(now.revision());
      assertThat(node.intake.counters().lifted).hasValue(0);
    }
  }

  @Test
  void putsRightWhatSomebodyPublishedPastTheStore() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      node.replica.receive(byHand("db", 1000, "{\"a\":\"by hand\"}"), "event");
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":\"by hand\"}");
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.version("shop/db")).isEqualTo(1001);
      assertThat(node.warnings())
          .anyMatch(line -> line.contains("shop/db version 1001 goes out above version 1000"));
    }
  }

  @Test
  void tellsThatItOverrulesSomebodyAlsoWhereTheStoreHasNoNumbers() throws Exception {
    MemoryStore unnumbered = new MemoryStore(false);
    try (WatchingNode node = new WatchingNode(directory, unnumbered, Deletes.OFF)) {
      unnumbered.put("shop/db", "{\"a\":1}");
      unnumbered.list(node.intake);
      node.replica.receive(byHand("db", 7, "{\"a\":\"by hand\"}"), "event");
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.version("shop/db")).isEqualTo(8);
      assertThat(node.warnings())
          .singleElement()
          .asString()
          .contains("shop/db version 8 goes out above version 7");
    }
  }

  @Test
  void comparesAtOnceWhenTheStoreIsBack() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      store.away = true;
      node.replica.receive(byHand("db", 1000, "{}"), "event");
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{}");
      store.away = false;
      node.intake.resumed();
      node.recheckNow();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void tellsEachReasonOfAFailureOnceUntilItFollowsAgain() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      node.intake.failed("one");
      node.intake.failed("two");
      node.intake.failed("one");
      assertThat(node.warnings()).hasSize(2);
      assertThat(node.intake.state()).isEqualTo("failing: one");
      store.list(node.intake);
      node.intake.failed("one");
      assertThat(node.warnings()).hasSize(3);
    }
  }

  @Test
  void leavesAloneWhatTheStoreDoesNotHave() throws Exception {
    try (WatchingNode node = node(Deletes.ALL)) {
      node.replica.receive(byHand("own", 7, "{\"a\":1}"), "event");
      store.put("shop/db", "{}");
      store.list(node.intake);
      node.replica.receive(byHand("own", 8, "{\"a\":2}"), "event");
      node.settle();
      assertThat(node.version("shop/own")).isEqualTo(8);
    }
  }

  @Test
  void keepsOnTheNodesWhatIsDeletedWhereDeletesAreOff() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      node.intake.changed(List.of(store.delete("shop/db")));
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.intake.counters().deletesIgnored).hasValue(1);
    }
  }

  @Test
  void deletesOnTheNodesWhatIsDeletedWhereDeletesAreOn() throws Exception {
    try (WatchingNode node = node(Deletes.ON)) {
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      SourceEntry deletion = store.delete("shop/db");
      node.intake.changed(List.of(deletion));
      assertThat(node.newest("shop/db").orElseThrow().isDeletion()).isTrue();
      assertThat(node.version("shop/db")).isEqualTo(deletion.revision());
      node.intake.changed(List.of(store.put("shop/db", "{\"a\":2}")));
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":2}");
    }
  }

  @Test
  void findsWhatWasDeletedWhileItWasAway() throws Exception {
    store.put("shop/a", "{}");
    store.put("shop/b", "{}");
    store.put("shop/c", "{}");
    try (WatchingNode node = node(Deletes.ON)) {
      store.list(node.intake);
      node.known.save();
    }
    store.delete("shop/b");
    try (WatchingNode again = node(Deletes.ON)) {
      store.list(again.intake);
      assertThat(again.newest("shop/b").orElseThrow().isDeletion()).isTrue();
      assertThat(again.content("shop/a")).isEqualTo("{}");
    }
  }

  @Test
  void findsWhatWasDeletedBeforeItsTurnCame() throws Exception {
    for (String name : List.of("shop/a", "shop/b", "shop/c")) {
      store.put(name, "{}");
    }
    try (WatchingNode node = node(Deletes.ON)) {
      node.intake.standby("another one publishes");
      node.intake.expects(store.lineage, places("shop/a", "shop/b", "shop/c"));
      for (String key : List.of("a", "b", "c")) {
        node.replica.receive(byHand(key, 3, "{}"), "event");
      }
      store.delete("shop/b");
      store.list(node.intake);
      assertThat(node.newest("shop/b").orElseThrow().isDeletion()).isTrue();
      assertThat(node.content("shop/a")).isEqualTo("{}");
    }
  }

  @Test
  void knowsAfterACrashWhichStoreHadTheKeys() throws Exception {
    for (String name : List.of("shop/a", "shop/b", "shop/c")) {
      store.put(name, "{}");
    }
    try (WatchingNode node = node(Deletes.ON)) {
      store.list(node.intake);
    }
    store.delete("shop/b");
    try (WatchingNode again = node(Deletes.ON)) {
      again.intake.standby("the one that crashed publishes");
      again.intake.expects(store.lineage, places("shop/a", "shop/c"));
      store.list(again.intake);
      assertThat(again.newest("shop/b").orElseThrow().isDeletion()).isTrue();
      assertThat(again.warnings()).isEmpty();
    }
  }

  @Test
  void deletesNothingThatAnEarlierStoreHadBeforeItsTurnCame() throws Exception {
    try (WatchingNode node = node(Deletes.ALL)) {
      node.intake.expects("an earlier one", places("shop/a"));
      node.replica.receive(byHand("a", 3, "{}"), "event");
      node.intake.expects(store.lineage, places());
      store.list(node.intake);
      assertThat(node.content("shop/a")).isEqualTo("{}");
    }
  }

  @Test
  void forgetsWhatTheOneThatPublishesHasDeleted() throws Exception {
    store.put("shop/b", "{}");
    try (WatchingNode node = node(Deletes.ALL)) {
      node.intake.expects(store.lineage, places("shop/a", "shop/b"));
      node.replica.receive(ConfigUpdate.ofDeletion("shop", "a", 5), "event");
      node.intake.expects(store.lineage, places("shop/b"));
      node.replica.receive(byHand("a", 6, "{}"), "event");
      store.list(node.intake);
      assertThat(node.content("shop/a")).isEqualTo("{}");
    }
  }

  @Test
  void forgetsWhatIsMissingForLongWhileAnotherOnePublishes() throws Exception {
    store.put("shop/b", "{}");
    try (WatchingNode node = node(Deletes.ALL)) {
      node.intake.expects(store.lineage, places("shop/a", "shop/b"));
      node.replica.receive(byHand("a", 6, "{}"), "event");
      node.intake.expects(store.lineage, places("shop/b"));
      node.pass(Duration.ofMinutes(1));
      node.intake.expects(store.lineage, places("shop/b"));
      store.list(node.intake);
      assertThat(node.content("shop/a")).isEqualTo("{}");
    }
  }

  @Test
  void remembersWhatIsMissingForShortWhileAnotherOnePublishes() throws Exception {
    store.put("shop/b", "{}");
    store.put("shop/c", "{}");
    try (WatchingNode node = node(Deletes.ON)) {
      node.intake.expects(store.lineage, places("shop/a", "shop/b", "shop/c"));
      node.replica.receive(byHand("a", 2, "{}"), "event");
      for (int i = 0; i < 5; i++) {
        node.intake.expects(store.lineage, places("shop/b", "shop/c"));
      }
      store.list(node.intake);
      assertThat(node.newest("shop/a").orElseThrow().isDeletion()).isTrue();
    }
  }

  private static Set<KeyLayout.Place> places(String... names) {
    return Stream.of(names).map(KeyLayout.Place::parse).collect(Collectors.toSet());
  }

  @Test
  void deletesNothingWhereMostIsGoneAtOnce() throws Exception {
    store.put("shop/a", "{}");
    store.put("shop/b", "{}");
    store.put("shop/c", "{}");
    try (WatchingNode node = node(Deletes.ON)) {
      store.list(node.intake);
      store.delete("shop/a");
      store.delete("shop/b");
      store.list(node.intake);
      assertThat(node.content("shop/a")).isEqualTo("{}");
      assertThat(node.content("shop/b")).isEqualTo("{}");
      assertThat(node.warnings()).anyMatch(line -> line.contains("2 of 3 keys are gone at once"));
      node.known.save();
    }
    try (WatchingNode meant = node(Deletes.ALL)) {
      store.list(meant.intake);
      assertThat(meant.newest("shop/a").orElseThrow().isDeletion()).isTrue();
      assertThat(meant.newest("shop/b").orElseThrow().isDeletion()).isTrue();
    }
  }

  @Test
  void deletesNothingWhereMostOfAStoreWithoutNumbersGoesAtOnce() throws Exception {
    MemoryStore unnumbered = new MemoryStore(false);
    try (WatchingNode node = new WatchingNode(directory, unnumbered, Deletes.ON)) {
      unnumbered.put("shop/a", "{}");
      unnumbered.put("shop/b", "{}");
      unnumbered.put("shop/c", "{}");
      unnumbered.list(node.intake);
      node.intake.changed(List.of(unnumbered.delete("shop/a"), unnumbered.delete("shop/b")));
      assertThat(node.content("shop/a")).isEqualTo("{}");
      assertThat(node.content("shop/b")).isEqualTo("{}");
      node.intake.changed(List.of(unnumbered.delete("shop/c")));
      assertThat(node.newest("shop/c").orElseThrow().isDeletion()).isTrue();
    }
  }

  @Test
  void deletesNothingThatAStoreLacksWhichWasRebuilt() throws Exception {
    store.put("shop/a", "{}");
    store.put("shop/b", "{}");
    store.put("shop/c", "{}");
    try (WatchingNode node = node(Deletes.ALL)) {
      store.list(node.intake);
      store.rebuild("two");
      store.put("shop/a", "{}");
      store.list(node.intake);
      assertThat(node.content("shop/b")).isEqualTo("{}");
      assertThat(node.content("shop/c")).isEqualTo("{}");
      assertThat(node.warnings()).anyMatch(line -> line.contains("what it lacks is kept (2 keys)"));
    }
  }

  @Test
  void tellsOnceOfAValueThatCanNotBeConfiguration() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/good", "{}");
      store.put("shop/bad", "pa$$word");
      store.list(node.intake);
      store.list(node.intake);
      assertThat(node.warnings()).singleElement().asString().contains("shop/bad is left out: not");
      assertThat(node.lines.toString()).doesNotContain("pa$$word");
      assertThat(node.content("shop/good")).isEqualTo("{}");
      assertThat(node.intake.counters().skipped).hasValue(2);
    }
  }

  @Test
  void doesNotDeleteAKeyWhoseValueBecameUnusable() throws Exception {
    store.put("shop/db", "{}");
    store.put("shop/limits", "{}");
    try (WatchingNode node = node(Deletes.ALL)) {
      store.list(node.intake);
      store.put("shop/db", "oops");
      store.list(node.intake);
      assertThat(node.content("shop/db")).isEqualTo("{}");
      SourceListing listing = node.intake.list(store.lineage);
      listing.found(List.of(store.put("shop/limits", "{}")));
      listing.unusable("shop", "db", "is too big");
      listing.end(store.revision());
      assertThat(node.content("shop/db")).isEqualTo("{}");
    }
  }

  @Test
  void leavesOutWhatIsTooBigForEveryMessage() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/big", "{\"a\":\"" + "x".repeat(2000) + "\"}");
      store.put("shop/small", "{}");
      store.list(node.intake);
      assertThat(node.newest("shop/big")).isEmpty();
      assertThat(node.content("shop/small")).isEqualTo("{}");
      assertThat(node.warnings()).anyMatch(line -> line.contains("shop/big is left out"));
    }
  }

  @Test
  void sendsAtMostAHundredKeysOfAListingAndLeavesTheRestToTheDigests() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      for (int i = 0; i < 2 * SourceIntake.SENT_AT_ONCE; i++) {
        store.put("shop/key" + i, "{}");
      }
      store.list(node.intake);
      for (int i = 0; i < 2 * SourceIntake.SENT_AT_ONCE; i++) {
        assertThat(node.content("shop/key" + i)).isEqualTo("{}");
      }
      assertThat(node.outbox.size()).isEqualTo(SourceIntake.SENT_AT_ONCE);
    }
  }

  @Test
  void tellsWhatTheRulesOfThisNodeRefuse() throws Exception {
    try (WatchingNode node =
        new WatchingNode(directory, store, Deletes.OFF, update -> Optional.of("port is missing"))) {
      store.put("shop/db", "{}");
      store.list(node.intake);
      assertThat(node.newest("shop/db")).isEmpty();
      assertThat(node.outbox.size()).isZero();
      assertThat(node.warnings())
          .singleElement()
          .asString()
          .contains("shop/db is left out", "port is missing");
    }
  }

  @Test
  void saysThatNothingCanBePublishedAboveTheHighestVersion() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      node.replica.receive(byHand("db", ConfigUpdate.MAX_VERSION, "{}"), "event");
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      assertThat(node.content("shop/db")).isEqualTo("{}");
      assertThat(node.warnings()).anyMatch(line -> line.contains("the highest that there can be"));
    }
  }

  @Test
  void comparesLaterWhatTheStoreCouldNotConfirm() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      node.replica.receive(byHand("db", 1000, "{}"), "event");
      SourceEntry entry = store.put("shop/db", "{\"a\":1}");
      store.away = true;
      store.list(node.intake);
      node.intake.changed(List.of(entry));
      assertThat(node.content("shop/db")).isEqualTo("{}");
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{}");
      store.away = false;
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.version("shop/db")).isEqualTo(1001);
    }
  }

  @Test
  void putsRightAtItsEndWhatOthersChangedDuringAListing() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      SourceEntry entry = store.put("shop/db", "{\"a\":1}");
      SourceListing listing = node.intake.list(store.lineage);
      listing.found(List.of(entry));
      node.replica.receive(byHand("db", 1000, "{\"a\":\"of an older age\"}"), "peer");
      node.settle();
      assertThat(node.version("shop/db")).isEqualTo(1000);
      listing.end(store.revision());
      node.recheckNow();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
      assertThat(node.version("shop/db")).isEqualTo(1001);
    }
  }

  @Test
  void comparesAgainWhatCouldNotBeComparedDuringAListing() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      node.replica.receive(byHand("db", 1000, "{}"), "event");
      SourceEntry entry = store.put("shop/db", "{\"a\":1}");
      SourceListing listing = node.intake.list(store.lineage);
      store.away = true;
      listing.found(List.of(entry));
      store.away = false;
      listing.end(store.revision());
      node.recheckNow();
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void deletesNothingThatARebuiltStoreLacksBeforeThatOneIsListed() throws Exception {
    try (WatchingNode node = node(Deletes.ALL)) {
      store.put("shop/a", "{}");
      store.put("shop/b", "{}");
      store.list(node.intake);
      store.away = true;
      node.intake.failed("memory is away");
      node.replica.receive(byHand("a", 1000, "{\"by\":\"hand\"}"), "event");
      store.rebuild("two");
      store.away = false;
      node.settle();
      store.put("shop/b", "{}");
      store.list(node.intake);
      node.settle();
      assertThat(node.content("shop/a")).isEqualTo("{\"by\":\"hand\"}");
    }
  }

  @Test
  void endsAListingWithoutDeletionsWhereNotAllCanBeRead() throws Exception {
    store.put("shop/a", "{}");
    store.put("shop/b", "{}");
    store.put("shop/c", "{}");
    try (WatchingNode node = node(Deletes.ALL)) {
      store.list(node.intake);
      SourceListing listing = node.intake.list(store.lineage);
      listing.found(List.of(store.put("shop/a", "{\"a\":1}")));
      listing.endIncomplete(0);
      assertThat(node.content("shop/a")).isEqualTo("{\"a\":1}");
      assertThat(node.content("shop/b")).isEqualTo("{}");
      assertThat(node.intake.state()).isEqualTo("following");
      store.delete("shop/b");
      store.list(node.intake);
      assertThat(node.newest("shop/b").orElseThrow().isDeletion()).isTrue();
    }
  }

  @Test
  void triesAgainToDeleteWhatTheStoreCouldNotConfirm() throws Exception {
    try (WatchingNode node = node(Deletes.ON)) {
      store.put("shop/db", "{}");
      store.list(node.intake);
      node.replica.receive(byHand("db", 1000, "{}"), "event");
      SourceEntry deletion = store.delete("shop/db");
      store.away = true;
      node.intake.changed(List.of(deletion));
      assertThat(node.content("shop/db")).isEqualTo("{}");
      store.away = false;
      node.settle();
      assertThat(node.newest("shop/db").orElseThrow().isDeletion()).isTrue();
      assertThat(node.version("shop/db")).isEqualTo(1001);
    }
  }

  @Test
  void judgesOnceWhatTheRulesOfThisNodeRefuse() throws Exception {
    AtomicInteger judged = new AtomicInteger();
    Gate gate =
        update -> {
          judged.incrementAndGet();
          return Optional.of("port is missing");
        };
    try (WatchingNode node = new WatchingNode(directory, store, Deletes.OFF, gate)) {
      store.put("shop/db", "{}");
      store.list(node.intake);
      node.settle();
      assertThat(judged).hasValue(1);
      assertThat(node.lines.toString()).doesNotContain("is published");
    }
  }

  @Test
  void tellsOnceOfEachKeyThatCanNotBeStoredAndAgainTheNextTime() throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    Gate gate =
        update -> {
          if (full.get()) {
            throw new UncheckedIOException(new IOException("no space"));
          }
          return Optional.empty();
        };
    try (WatchingNode node = new WatchingNode(directory, store, Deletes.OFF, gate)) {
      store.list(node.intake);
      for (int time = 1; time <= 2; time++) {
        full.set(true);
        String content = "{\"n\":" + time + "}";
        node.intake.changed(List.of(store.put("shop/a", content), store.put("shop/b", content)));
        node.settle();
        assertThat(node.warnings()).hasSize(2 * time).allMatch(line -> line.contains("no space"));
        full.set(false);
        node.settle();
        assertThat(node.content("shop/a")).isEqualTo(content);
        assertThat(node.content("shop/b")).isEqualTo(content);
      }
    }
  }

  @Test
  void tellsOnceThatItCanNotRememberAndAgainTheNextTime() throws Exception {
    Path folder = directory.resolve("watch");
    try (WatchingNode node = node(Deletes.OFF)) {
      store.list(node.intake);
      node.intake.save();
      for (int time = 1; time <= 2; time++) {
        // Nothing can be written below a file.
        Path away = Files.move(folder, directory.resolve("away"));
        Path file = Files.createFile(folder);
        node.intake.changed(List.of(store.put("shop/a" + time, "{}")));
        node.intake.changed(List.of(store.put("shop/b" + time, "{}")));
        node.intake.save();
        assertThat(node.warnings()).hasSize(time).allMatch(line -> line.contains("memory.json"));
        Files.delete(file);
        Path unused = Files.move(away, folder);
        node.intake.save();
      }
    }
  }

  @Test
  void tellsOfAThousandNamesAndCountsTheRest() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      for (int i = 0; i < 3000; i++) {
        node.intake.skipped("name" + i % 1500, "is bad");
      }
      assertThat(node.warnings()).hasSize(Told.MOST + 1);
      assertThat(node.warnings().get(Told.MOST)).contains("further ones are counted");
      assertThat(node.intake.counters().skipped).hasValue(3000);
    }
  }

  @Test
  void tellsOfAListingAtInfoOnlyWhereItIsNews() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/db", "{}");
      store.list(node.intake);
      store.list(node.intake);
      store.list(node.intake);
      assertThat(node.lines).filteredOn(line -> line.startsWith("INFO memory: lists")).hasSize(1);
    }
  }

  @Test
  void staysQuietWhileAnotherOnePublishes() throws Exception {
    try (WatchingNode node = node(Deletes.OFF)) {
      store.put("shop/db", "{\"a\":1}");
      store.list(node.intake);
      node.intake.standby("node2 publishes");
      node.replica.receive(byHand("db", 1000, "{}"), "event");
      node.settle();
      assertThat(node.content("shop/db")).isEqualTo("{}");
      assertThat(node.intake.state()).isEqualTo("standing by: node2 publishes");
      store.list(node.intake);
      assertThat(node.content("shop/db")).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void countsABrokenMemoryAsNone() throws Exception {
    try (WatchingNode node = node(Deletes.ALL)) {
      store.put("shop/db", "{}");
      store.list(node.intake);
      node.known.save();
    }
    Files.writeString(directory.resolve("watch/memory.json"), "{\"source\":\"mem");
    store.delete("shop/db");
    try (WatchingNode again = node(Deletes.ALL)) {
      store.list(again.intake);
      assertThat(again.content("shop/db")).isEqualTo("{}");
    }
  }
}
