/** The reference pages, generated from the tables of settings and commands. */
@NullMarked
package io.github.serfhandler.app.reference;

import org.jspecify.annotations.NullMarked;
