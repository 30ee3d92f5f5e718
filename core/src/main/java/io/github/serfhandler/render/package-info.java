/** Turns a view of the catalog into the bytes of a file. Pure functions, no I/O. */
@NullMarked
package io.github.serfhandler.render;

import org.jspecify.annotations.NullMarked;
