/**
 * Lets the fleet follow a store: a {@link io.github.serfhandler.source.ConfigSource} tells what the
 * store holds, and what differs from this node's copy of the configuration gets a version, comes
 * into the copy and is published, paced. Called by the composition root; the sources for etcd and
 * for directories have packages of their own.
 */
@NullMarked
package io.github.serfhandler.source;

import org.jspecify.annotations.NullMarked;
