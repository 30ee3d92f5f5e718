/**
 * Renders files from templates that people write, in a Jinja-like language; the only package that
 * knows the library which reads it. Made where the settings name a template, and called like the
 * other renderers; nothing of the library is loaded before.
 */
@NullMarked
package io.github.serfhandler.template;

import org.jspecify.annotations.NullMarked;
