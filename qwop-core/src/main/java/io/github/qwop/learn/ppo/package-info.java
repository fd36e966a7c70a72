/** On-policy learners: PPO, and A2C as its special case. */
@NullMarked
package io.github.qwop.learn.ppo;

import org.jspecify.annotations.NullMarked;
