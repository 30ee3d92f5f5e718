/**
 * This node's copy of the configuration, as the rest of the program sees it: what is asked of an
 * update before it is stored, the store behind it, who hears of changes, and what a node tells of
 * its state. Called by handlers, commands and what keeps the nodes equal; knows nothing of how
 * messages come here.
 */
@NullMarked
package io.github.serfhandler.replica;

import org.jspecify.annotations.NullMarked;
