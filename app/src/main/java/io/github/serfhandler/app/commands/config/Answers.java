package io.github.serfhandler.app.commands.config;

import io.github.serfhandler.replica.StatusAnswer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Immutable: what nodes told when they were asked for their status, in the order of their names.
 *
 * @param told the answers by node
 * @param unclear why the answer of a node could not be read, by node; its own words are quoted
 * @param silent the nodes that were expected to answer and did not
 */
record Answers(
    SortedMap<String, StatusAnswer> told,
    SortedMap<String, String> unclear,
    SortedSet<String> silent) {
  Answers {
    told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
    unclear = Collections.unmodifiableSortedMap(new TreeMap<>(unclear));
    silent = Collections.unmodifiableSortedSet(new TreeSet<>(silent));
  }
}
