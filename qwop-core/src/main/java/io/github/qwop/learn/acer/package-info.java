/** ACER: an actor-critic that learns from what it has played before, too. */
@NullMarked
package io.github.qwop.learn.acer;

import org.jspecify.annotations.NullMarked;
