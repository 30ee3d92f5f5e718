/**
 * What people read: text from the network made safe to print, and the nearest word to a mistyped
 * one. Every other package of the program may use it; it uses none of them.
 */
@NullMarked
package io.github.serfhandler.app.text;

import org.jspecify.annotations.NullMarked;
