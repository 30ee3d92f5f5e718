/**
 * The commands: what each one's help says, and how it is put together from client, core and the
 * packages of this program. The composition root.
 */
@NullMarked
package io.github.serfhandler.app.commands;

import org.jspecify.annotations.NullMarked;
