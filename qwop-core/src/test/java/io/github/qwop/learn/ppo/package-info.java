@NullMarked
package io.github.qwop.learn.ppo;

import org.jspecify.annotations.NullMarked;
