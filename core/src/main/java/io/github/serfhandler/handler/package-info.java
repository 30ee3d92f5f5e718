/**
 * The framework that people extend: roles mapped to handlers, for every Serf event and query. The
 * same handlers run forked by Serf, resident in {@code agent} and in a user's tests; what runs them
 * gives them a {@link io.github.serfhandler.handler.LocalNode} and calls them through {@link
 * io.github.serfhandler.handler.Call}.
 */
@NullMarked
package io.github.serfhandler.handler;

import org.jspecify.annotations.NullMarked;
