package io.github.serfhandler.config;

import java.util.Optional;

/**
 * Immutable: how a key stands on this node.
 *
 * @param newest the version that counts; empty where there is no record
 * @param drift how the file differs from it; empty where it does not
 */
public record KeyState(Optional<Head> newest, Optional<Drift> drift) {}
