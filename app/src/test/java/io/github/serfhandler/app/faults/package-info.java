/**
 * Faults done to real processes, one test each by its own name, with what must hold after it:
 * {@code ./faults} runs them at length, {@code ./test} in short. docs/reliability.md has a row for
 * each.
 */
@NullMarked
package io.github.serfhandler.app.faults;

import org.jspecify.annotations.NullMarked;
