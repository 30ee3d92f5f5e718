/**
 * Serf's RPC in Java: a library that stands alone. Callers see typed commands, typed events and
 * bounded streams; what goes over the wire stays in {@code internal}.
 */
@NullMarked
package io.github.serfhandler.client;

import org.jspecify.annotations.NullMarked;
