/**
 * Writes files so that a reader never sees half of one, and a crash at any point leaves the old
 * file or the new one. Knows nothing of what the files hold; the discovery loop calls it with
 * rendered bytes.
 */
@NullMarked
package io.github.serfhandler.store;

import org.jspecify.annotations.NullMarked;
