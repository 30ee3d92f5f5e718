/**
 * Not API: connections, decoders and the reader threads of streams. Called by {@code client} only;
 * it may change in any release.
 */
@NullMarked
package io.github.serfhandler.client.internal;

import org.jspecify.annotations.NullMarked;
