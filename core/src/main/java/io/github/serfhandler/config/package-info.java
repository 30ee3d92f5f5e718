/**
 * Configuration that arrives over the cluster: what a {@code config_updated} message means, and the
 * files {@code PRODUCT/KEY.json} that the newest of them become. Called by {@code ConfigHandler};
 * knows nothing of how a message came here or who is interested in it.
 */
@NullMarked
package io.github.serfhandler.config;

import org.jspecify.annotations.NullMarked;
