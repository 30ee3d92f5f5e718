/**
 * How all nodes of a cluster end with the same newest configuration, whatever gossip lost: digests
 * after Trickle (RFC 6206), a search for the keys that differ, and repairs that are few however
 * many nodes could send them. A state machine without threads, sockets, files and clock; who drives
 * it passes in time, chance, and what was heard. Called by whoever keeps configuration current in a
 * resident process.
 */
@NullMarked
package io.github.serfhandler.converge;

import org.jspecify.annotations.NullMarked;
