/**
 * Runs handlers in a process that stays: takes user events and queries from one event stream, finds
 * out what changed of the members, and hands both to the lane of each handler. {@link
 * io.github.serfhandler.resident.ResidentHandlers} puts the parts together for the command {@code
 * agent}.
 */
@NullMarked
package io.github.serfhandler.resident;

import org.jspecify.annotations.NullMarked;
