/**
 * Brings configuration to the cluster: what fits into a Serf message and in what kind, paced so
 * that gossip can carry it. Called by commands, sources and by what repairs a lost update; knows
 * how an update is written ({@code config}) and nothing of who stores it.
 */
@NullMarked
package io.github.serfhandler.publish;

import org.jspecify.annotations.NullMarked;
