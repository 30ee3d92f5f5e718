/**
 * The checks of {@code serf-handler doctor}: each looks at one thing, changes nothing, and tells
 * what it found and what to do about it.
 */
@NullMarked
package io.github.serfhandler.app.doctor;

import org.jspecify.annotations.NullMarked;
