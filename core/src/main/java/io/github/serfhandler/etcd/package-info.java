/**
 * Follows the keys of etcd, over the JSON form of its v3 API. Called by the composition root; tells
 * what it finds to a {@link io.github.serfhandler.source.SourceFeed} and knows nothing of Serf.
 */
@NullMarked
package io.github.serfhandler.etcd;

import org.jspecify.annotations.NullMarked;
