/**
 * Which handlers this process has: those that a program brings along, those of the user's jars and
 * the built-in ones; and which stores of the user's own it can follow. Called by {@code event},
 * {@code agent} and {@code watch}, which run them.
 */
@NullMarked
package io.github.serfhandler.app.handlers;

import org.jspecify.annotations.NullMarked;
