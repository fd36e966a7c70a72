/** Updates that stable-baselines3 and sb3-contrib did themselves, for our learners to repeat. */
@NullMarked
package io.github.qwop.learn.sb3;

import org.jspecify.annotations.NullMarked;
