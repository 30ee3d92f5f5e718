/** How settings become the objects of client and core, the same way for every command. */
@NullMarked
package io.github.serfhandler.app.wiring;

import org.jspecify.annotations.NullMarked;
