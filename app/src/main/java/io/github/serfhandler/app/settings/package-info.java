/**
 * Every setting of the program: one table ({@link
 * io.github.serfhandler.app.settings.SettingsTable}) from which the YAML file, the environment, the
 * flags, the help and the reference pages are read, and the values that a run ends up with. Called
 * by the command line; knows nothing of commands.
 */
@NullMarked
package io.github.serfhandler.app.settings;

import org.jspecify.annotations.NullMarked;
