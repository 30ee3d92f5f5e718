/**
 * Follows a directory tree {@code PRODUCT/KEY.json}, as a checkout of git. Called by the
 * composition root; tells what it finds to a {@link io.github.serfhandler.source.SourceFeed} and
 * knows nothing of Serf.
 */
@NullMarked
package io.github.serfhandler.directory;

import org.jspecify.annotations.NullMarked;
