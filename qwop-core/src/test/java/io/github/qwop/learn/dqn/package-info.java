@NullMarked
package io.github.qwop.learn.dqn;

import org.jspecify.annotations.NullMarked;
