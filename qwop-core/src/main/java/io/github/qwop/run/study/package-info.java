/** Studies: many trainings that are declared together, ranked, and pruned by successive halving. */
@NullMarked
package io.github.qwop.run.study;

import org.jspecify.annotations.NullMarked;
