/** Small problems with known answers, on which learners are tested. */
@NullMarked
package io.github.qwop.learn.problems;

import org.jspecify.annotations.NullMarked;
