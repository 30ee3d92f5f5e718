/**
 * The command line: reading arguments, help, exit statuses, and what is printed where. Knows no
 * command by name; the composition root hands the table of commands in.
 */
@NullMarked
package io.github.serfhandler.app.cli;

import org.jspecify.annotations.NullMarked;
