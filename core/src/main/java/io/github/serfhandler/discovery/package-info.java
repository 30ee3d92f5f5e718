/**
 * Keeps the files current: reads members when anything hints at a change, and writes what differs.
 */
@NullMarked
package io.github.serfhandler.discovery;

import org.jspecify.annotations.NullMarked;
