/**
 * What an operator demands of a piece of configuration before it is accepted, and what happens
 * after it has changed: {@link io.github.serfhandler.rule.Rule}. {@link
 * io.github.serfhandler.rule.Rules} says why a configuration is refused, {@link
 * io.github.serfhandler.rule.Reactions} runs what is to be run after a change. Who applies
 * configuration asks the one before and tells the other afterwards.
 */
@NullMarked
package io.github.serfhandler.rule;

import org.jspecify.annotations.NullMarked;
