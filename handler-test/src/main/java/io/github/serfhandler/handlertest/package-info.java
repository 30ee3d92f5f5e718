/**
 * The test kit for handlers: a node without Serf, to which a test gives events, and which tells
 * what was called, answered and logged. Called from users' tests.
 */
@NullMarked
package io.github.serfhandler.handlertest;

import org.jspecify.annotations.NullMarked;
