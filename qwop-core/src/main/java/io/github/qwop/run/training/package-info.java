/** Training a run to its end: checkpoints, evaluations, the best, the collapse guard, and going on after a stop. */
@NullMarked
package io.github.qwop.run.training;

import org.jspecify.annotations.NullMarked;
