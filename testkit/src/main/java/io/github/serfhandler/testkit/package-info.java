/**
 * Test doubles and real agents for tests: a scriptable fake agent (an independent witness that
 * shares no code with the client), real serf and etcd processes, a manual clock.
 */
@NullMarked
package io.github.serfhandler.testkit;

import org.jspecify.annotations.NullMarked;
