/**
 * What the cluster offers: members and their tags turned into products, services and instances, and
 * the guard against losing most of them at once. Pure functions and values, no I/O; the discovery
 * loop calls it once for every changed membership.
 */
@NullMarked
package io.github.serfhandler.catalog;

import org.jspecify.annotations.NullMarked;
