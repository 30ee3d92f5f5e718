/**
 * JSON values, a strict reader (RFC 8259) with limits on every size, and writers. A leaf beside
 * what renders: handlers, configuration and the state files of serf-handler call it. Nothing here
 * ever puts content into a message or into {@code toString()}, for it may be secret.
 */
@NullMarked
package io.github.serfhandler.json;

import org.jspecify.annotations.NullMarked;
