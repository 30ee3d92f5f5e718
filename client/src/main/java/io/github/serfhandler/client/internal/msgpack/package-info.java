/**
 * Not API. MessagePack as far as Serf's RPC needs it: a writer of requests and a bounded, streaming
 * reader of replies. Called by {@code internal} only.
 */
@NullMarked
package io.github.serfhandler.client.internal.msgpack;

import org.jspecify.annotations.NullMarked;
