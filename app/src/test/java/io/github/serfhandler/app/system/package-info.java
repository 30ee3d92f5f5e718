/**
 * The packaged program as its users run it: child processes, real Serf agents, real files, the
 * documents' commands.
 */
@NullMarked
package io.github.serfhandler.app.system;

import org.jspecify.annotations.NullMarked;
