/** The composition root: command line, settings, wiring. */
@NullMarked
package io.github.serfhandler.app;

import org.jspecify.annotations.NullMarked;
