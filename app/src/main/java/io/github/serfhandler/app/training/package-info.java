/**
 * A run of the program against a canned agent, from which the build makes the archive of loaded
 * classes. {@code scripts/make-archive} calls it; no command does.
 */
@NullMarked
package io.github.serfhandler.app.training;

import org.jspecify.annotations.NullMarked;
