/** Figures that are told of a training, by name. */
@NullMarked
package io.github.qwop.metric;

import org.jspecify.annotations.NullMarked;
