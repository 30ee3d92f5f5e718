/** Writes files so that a reader never sees half of one. */
@NullMarked
package io.github.serfhandler.store;

import org.jspecify.annotations.NullMarked;
