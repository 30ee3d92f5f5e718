/**
 * Keeps this node's copy of the configuration equal to that of the others: runs the convergence
 * algorithm beside a real Serf agent, and fetches from peers and serves them where there is a peer
 * port. Called by the composition root alone.
 */
@NullMarked
package io.github.serfhandler.sync;

import org.jspecify.annotations.NullMarked;
