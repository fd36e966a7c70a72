/**
 * What users bring from elsewhere: training configurations of qwop-gym and its fork qwop-rl, and models that
 * stable-baselines3 and sb3-contrib saved.
 */
@NullMarked
package io.github.qwop.run.peers;

import org.jspecify.annotations.NullMarked;
