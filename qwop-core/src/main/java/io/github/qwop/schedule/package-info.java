/** Values that change over a training. */
@NullMarked
package io.github.qwop.schedule;

import org.jspecify.annotations.NullMarked;
