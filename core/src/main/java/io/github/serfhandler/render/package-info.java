/**
 * Turns a snapshot of the catalog into the bytes of a file: JSON, YAML, lines for {@code
 * /etc/hosts}, and what nginx, Prometheus and shells read. Pure functions, no I/O; the discovery
 * loop calls them and hands the bytes to the store.
 */
@NullMarked
package io.github.serfhandler.render;

import org.jspecify.annotations.NullMarked;
