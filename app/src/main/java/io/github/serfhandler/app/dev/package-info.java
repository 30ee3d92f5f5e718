/**
 * A private cluster of real Serf agents to try things out with: {@code agent --dev}. The agents are
 * children of this process, listen on the loopback interface alone, and end with it.
 */
@NullMarked
package io.github.serfhandler.app.dev;

import org.jspecify.annotations.NullMarked;
