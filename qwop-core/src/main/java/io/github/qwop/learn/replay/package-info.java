/** What a learner remembers of its play, and how likely it is to be drawn again. */
@NullMarked
package io.github.qwop.learn.replay;

import org.jspecify.annotations.NullMarked;
