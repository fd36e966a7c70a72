/** What the goals do: a run's settings, its folder, training with its collapse guard, evaluation and export. */
@NullMarked
package io.github.qwop.run;

import org.jspecify.annotations.NullMarked;
