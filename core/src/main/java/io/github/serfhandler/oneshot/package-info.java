/**
 * Handlers forked by Serf, a process for each event: reads what Serf hands over in the environment
 * and on standard input, and runs the handlers of this node's roles one after the other. Called by
 * the command {@code event}.
 */
@NullMarked
package io.github.serfhandler.oneshot;

import org.jspecify.annotations.NullMarked;
