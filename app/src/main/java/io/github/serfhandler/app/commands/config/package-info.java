/**
 * People's hands on the configuration: the commands of the group {@code config}, and how they ask
 * the fleet and tell what it answers. Called by the table of commands; what is published and stored
 * is the core's ({@code publish}, {@code replica}, {@code config}).
 */
@NullMarked
package io.github.serfhandler.app.commands.config;

import org.jspecify.annotations.NullMarked;
