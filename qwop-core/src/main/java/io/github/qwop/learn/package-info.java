/** Learners: they play a vector environment and improve a network, and can be saved and restored whole. */
@NullMarked
package io.github.qwop.learn;

import org.jspecify.annotations.NullMarked;
