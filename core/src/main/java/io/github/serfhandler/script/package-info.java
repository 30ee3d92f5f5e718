/**
 * Scripts as handlers: what Serf's {@code event_handlers} runs, run the same way, with bounds on
 * time, memory and what is left behind. A {@link io.github.serfhandler.script.ScriptSpec} says what
 * to run for which events, a {@link io.github.serfhandler.script.ScriptHandler} runs it. The
 * program registers one for each entry of the setting {@code handlers.scripts}.
 */
@NullMarked
package io.github.serfhandler.script;

import org.jspecify.annotations.NullMarked;
