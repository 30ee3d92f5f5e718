/** Hot paths alone, in a warm JVM with the flags of the resident agent, measured by JMH. */
@NullMarked
package io.github.serfhandler.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
