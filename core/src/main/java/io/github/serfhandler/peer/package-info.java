/**
 * The optional peer port: what a resident agent offers to its like ({@code Shelf}, {@code
 * PeerServer}), and how one pulls from another what it lacks ({@code PeerClient}, {@code Puller}).
 * Off unless configured; called by {@code app}. Knows nothing of files, of Serf, or of who decides
 * when to pull.
 */
@NullMarked
package io.github.serfhandler.peer;

import org.jspecify.annotations.NullMarked;
