/**
 * Brings files in line with what a node sees: renders them, has a program check them, replaces the
 * old ones, and has the programs that read them reload. A file whose reader needs nothing of the
 * kind is written at once by the pass of discovery; the others wait until things are quiet, each
 * group that shares a reload on a thread of its own.
 */
@NullMarked
package io.github.serfhandler.output;

import org.jspecify.annotations.NullMarked;
