/**
 * HAProxy as a reader of the catalog: its configuration file, and the running program, which is
 * told of changes over its runtime socket so that it reloads only where the shape of the file
 * changed. The application wires the two into a file's spec; nothing here runs a program.
 */
@NullMarked
package io.github.serfhandler.haproxy;

import org.jspecify.annotations.NullMarked;
