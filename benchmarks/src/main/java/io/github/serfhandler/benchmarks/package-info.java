/** Measurements behind the figures in the README. */
@NullMarked
package io.github.serfhandler.benchmarks;

import org.jspecify.annotations.NullMarked;
