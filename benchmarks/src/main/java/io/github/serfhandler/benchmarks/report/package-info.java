/** What was measured, on which machine: as a table to read and as JSON. */
@NullMarked
package io.github.serfhandler.benchmarks.report;

import org.jspecify.annotations.NullMarked;
