/** What the cluster offers: members and their tags turned into products, services and instances. */
@NullMarked
package io.github.serfhandler.catalog;

import org.jspecify.annotations.NullMarked;
