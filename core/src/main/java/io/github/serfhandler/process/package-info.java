/**
 * Child processes, with bounds on time, memory and what is left behind. A {@link
 * io.github.serfhandler.process.Program} says what to run, a {@link
 * io.github.serfhandler.process.ProgramRunner} runs it and gives a {@link
 * io.github.serfhandler.process.ProgramResult}. Scripts as handlers, which have an environment and
 * an answer of their own, are run by the pieces below that.
 */
@NullMarked
package io.github.serfhandler.process;

import org.jspecify.annotations.NullMarked;
