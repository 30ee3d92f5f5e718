package io.github.serfhandler.sync;

import io.github.serfhandler.peer.PeerSecret;
import io.github.serfhandler.publish.MessageLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Immutable: how the copies are kept equal.
 *
 * @param digestMax the longest time between two digests of a product, while all agree
 * @param limits how long messages may be
 * @param secret what the peers share; empty where nothing is fetched from peers
 * @param listen where this node serves its peers; empty where it does not
 */
public record SyncSettings(
    Duration digestMax,
    MessageLimits limits,
    Optional<PeerSecret> secret,
    Optional<InetSocketAddress> listen) {}
