/**
 * Which handlers this process has: those that a program brings along, those of the user's jars and
 * the built-in ones. Called by {@code event} and {@code agent}, which run them.
 */
@NullMarked
package io.github.serfhandler.app.handlers;

import org.jspecify.annotations.NullMarked;
