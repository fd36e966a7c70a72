/** The DQN family: QR-DQN and DQN, double, dueling, n-step, prioritized. */
@NullMarked
package io.github.qwop.learn.dqn;

import org.jspecify.annotations.NullMarked;
