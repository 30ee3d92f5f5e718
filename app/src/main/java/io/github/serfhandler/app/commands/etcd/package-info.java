/**
 * The command {@code etcd}: what {@code etcdctl} runs for each change. Called by the table of
 * commands.
 */
@NullMarked
package io.github.serfhandler.app.commands.etcd;

import org.jspecify.annotations.NullMarked;
