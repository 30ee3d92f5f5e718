/**
 * The program's log: what the platform's {@code System.Logger} writes to. Found by the platform
 * through {@code META-INF/services}; no other logging library is loaded.
 */
@NullMarked
package io.github.serfhandler.app.log;

import org.jspecify.annotations.NullMarked;
